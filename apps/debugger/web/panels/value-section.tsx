import type { InstanceState, OpenedValue, Phase, ValueView } from '@holon/engine/events';
import { useEffect, useState } from 'react';
import { Icon } from '../chrome/icon.tsx';
import { STATUS_WORDS } from '../state/display-status.ts';
import { notify } from '../state/notice-store.ts';
import type { RunView } from '../state/run-view.ts';
import { request } from '../state/session.ts';
import { ValueTree } from '../values/value-tree.tsx';
import { ValueEditor } from './value-editor.tsx';

interface ValueSectionProps {
  readonly view: RunView;
  readonly instance: InstanceState;
  readonly side: 'input' | 'output';
}

const TITLES = { input: 'Input', output: 'Output' } as const;

/** Input or output of one instance: the preview at once, the whole as soon as the server has sent it. */
export function ValueSection({ view, instance, side }: ValueSectionProps) {
  const preview = side === 'input' ? instance.input : instance.output;
  const [editing, setEditing] = useState<OpenedValue>();
  const [wasEdited, setWasEdited] = useState(false);
  const phase: Phase = side === 'input' ? 'entry' : 'exit';
  const isHeldHere = instance.status === 'held' && instance.phase === phase;
  // What stands after its body has an output that nothing has been told of yet.
  const opened = useOpened(view.runId, instance.path, side, preview, preview !== undefined || isHeldHere);
  const shown = opened?.kind === 'value' ? opened.view : preview;
  return (
    <section className="side-section" aria-label={TITLES[side]}>
      <h3>
        {TITLES[side]}
        {instance.edited && isHeldHere && <span className="tag edited">edited</span>}
        {opened?.kind === 'value' && opened.json !== undefined && (
          <CopyButton text={opened.json} what={`${side} as JSON`} />
        )}
        {isHeldHere && editing === undefined && (
          <button
            type="button"
            className="button small"
            // Not `disabled`: the focus comes back to it, from where the editing began.
            aria-disabled={opened === undefined}
            autoFocus={wasEdited}
            onClick={() => setEditing(opened)}
          >
            <Icon name="pencil" /> Edit {side}
          </button>
        )}
      </h3>
      {isHeldHere && editing !== undefined ? (
        <ValueEditor
          runId={view.runId}
          path={instance.path}
          phase={phase}
          opened={editing}
          onDone={() => {
            setEditing(undefined);
            setWasEdited(true);
          }}
        />
      ) : shown === undefined ? (
        <p className="soft">
          {instance.endedAt === undefined ? 'none yet' : `none: ${STATUS_WORDS[view.statusOf(instance)]}`}
        </p>
      ) : (
        <ValueTree view={shown} label={TITLES[side]} />
      )}
      {opened?.kind === 'not-kept' && preview !== undefined && <p className="soft">Preview only: {opened.reason}</p>}
    </section>
  );
}

/** Asks for the value, if there is one, whenever the preview changes; undefined until the answer is there. */
function useOpened(
  runId: string,
  path: string,
  side: 'input' | 'output',
  preview: ValueView | undefined,
  isThere: boolean,
): OpenedValue | undefined {
  const [opened, setOpened] = useState<OpenedValue>();
  useEffect(() => {
    let isCurrent = true;
    setOpened(undefined);
    if (!isThere) return;
    request('holon/value', { runId, path, side }).then(
      (value) => {
        if (isCurrent) setOpened(value);
      },
      // The preview stays; a lost connection is shown by the chip.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [runId, path, side, preview, isThere]);
  return opened;
}

const COPIED_SHOWN_MS = 1_500;

export function CopyButton({
  text,
  what,
  label,
}: {
  readonly text: string;
  readonly what: string;
  readonly label?: string;
}) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      notify('problem', 'The browser did not allow copying.');
    }
  };
  return (
    <button
      type="button"
      className={label === undefined ? 'button small quiet icon' : 'button small'}
      title={`Copy ${what}`}
      aria-label={label === undefined ? `Copy ${what}` : undefined}
      onClick={() => void copy()}
    >
      <Icon name={isCopied ? 'check' : 'copy'} />
      {label !== undefined && (isCopied ? 'Copied' : label)}
    </button>
  );
}
