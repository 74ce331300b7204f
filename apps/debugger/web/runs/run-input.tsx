import { useEffect, useRef, useState } from 'react';
import { Icon } from '../chrome/icon.tsx';
import { startRun } from '../state/commands.ts';
import { useConnection } from '../state/connection-store.ts';
import { useFlow } from '../state/flow-store.ts';
import { useRunView } from '../state/run-store.ts';
import { JsonBox } from '../values/json-box.tsx';
import { parseJson } from '../values/parse-json.ts';
import { plainJson } from '../values/shown-text.ts';

const MOST_ROWS = 12;

/** The input of the next run as JSON, and the two ways to start it. */
export function RunInput() {
  const given = useFlow(({ graph }) => graph?.input);
  const view = useRunView();
  // One call to action at a time: while a run is open, that is to go on with it.
  const isRunOpen = view !== undefined && view.state.endedAt === undefined;
  const isLive = useConnection(({ connection }) => connection.kind === 'live');
  const [typed, setTyped] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const text = typed ?? plainJson(given ?? '');
  const parsed = parseJson(text);
  useEffect(() => {
    if (!isOpen) return;
    const onFocusIn = (event: FocusEvent): void => {
      if (root.current?.contains(event.target as Node) === false) setOpen(false);
    };
    document.addEventListener('focusin', onFocusIn);
    return () => document.removeEventListener('focusin', onFocusIn);
  }, [isOpen]);

  const start = (paused: boolean): void => {
    if (!parsed.ok || !isLive) return;
    setOpen(false);
    void startRun(parsed.value, paused);
  };
  return (
    <>
      <div className="run-input" ref={root} data-open={isOpen} onFocus={() => setOpen(true)}>
        <JsonBox
          label="Input of the next run, as JSON"
          text={isOpen ? text : oneLine(text)}
          parsed={parsed}
          rows={isOpen ? Math.min(MOST_ROWS, text.split('\n').length) : 1}
          placeholder="Input as JSON; empty for none"
          onChange={setTyped}
          onSubmit={() => start(false)}
          onEscape={() => setOpen(false)}
        />
      </div>
      <div className="button-group">
        <button
          type="button"
          className={isRunOpen ? 'button' : 'button primary'}
          disabled={!parsed.ok || !isLive}
          onClick={() => start(false)}
          title="Start a run with this input (Ctrl+Enter in the input box)"
        >
          <Icon name="play" /> Run
        </button>
        <button
          type="button"
          className="button"
          disabled={!parsed.ok || !isLive}
          onClick={() => start(true)}
          title="Start a run that stands at its first node"
        >
          <Icon name="play-paused" /> Run paused
        </button>
      </div>
    </>
  );
}

/** The text as it fits the closed box. Only for looking at: opening shows the text itself. */
function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/gu, ' ').trim();
}
