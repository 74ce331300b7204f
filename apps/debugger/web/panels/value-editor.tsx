import type { OpenedValue, Phase } from '@holon/engine/events';
import { useState } from 'react';
import { Icon } from '../chrome/icon.tsx';
import { textOfProblem } from '../state/commands.ts';
import { announce } from '../state/view-store.ts';
import { request } from '../state/session.ts';
import { JsonBox } from '../values/json-box.tsx';
import { parseJson } from '../values/parse-json.ts';
import { plainJson } from '../values/shown-text.ts';

interface ValueEditorProps {
  readonly runId: string;
  readonly path: string;
  readonly phase: Phase;
  /** The value when editing began: an edit of anything else in between is refused. */
  readonly opened: OpenedValue;
  readonly onDone: () => void;
}

const MOST_ROWS = 16;
const FEWEST_ROWS = 3;
/** About as many as the panel shows at its usual width. */
const CHARACTERS_IN_A_ROW = 40;

/** Edits the value that a held instance will go on with. A refusal is shown and loses nothing that was typed. */
export function ValueEditor({ runId, path, phase, opened, onDone }: ValueEditorProps) {
  const { json, revision } = opened.kind === 'value' ? opened : { json: undefined, revision: undefined };
  const [text, setText] = useState(() => plainJson(prettyJson(json)));
  const [refusal, setRefusal] = useState<string>();
  const parsed = parseJson(text);
  const canApply = parsed.ok && parsed.value !== undefined;
  const what = phase === 'entry' ? 'input' : 'output';

  const apply = async (): Promise<void> => {
    if (!canApply) return;
    try {
      const result = await request('holon/edit', { runId, path, phase, value: parsed.value, revision });
      if (result.kind === 'refused') {
        setRefusal(result.reason);
        return;
      }
      announce(`The ${what} was replaced.`);
      onDone();
    } catch (error) {
      setRefusal(textOfProblem(error));
    }
  };
  return (
    <div className="value-editor">
      {json === undefined && (
        <p className="soft">JSON can't say this value exactly. What you write replaces it whole.</p>
      )}
      <JsonBox
        label={`New ${what} as JSON`}
        text={text}
        parsed={parsed}
        rows={Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, text.split('\n').length, text.length / CHARACTERS_IN_A_ROW))}
        autoFocus
        onChange={(next) => {
          setText(next);
          setRefusal(undefined);
        }}
        onSubmit={() => void apply()}
        onEscape={onDone}
      />
      {refusal !== undefined && (
        <p className="problem" role="alert">
          <Icon name="warning" />
          <span>Refused: {refusal}</span>
        </p>
      )}
      <div className="value-editor-buttons">
        <button
          type="button"
          className="button small primary"
          disabled={!canApply}
          onClick={() => void apply()}
          title="Apply (Ctrl+Enter)"
        >
          Apply
        </button>
        <button type="button" className="button small" onClick={onDone} title="Leave it as it is (Esc)">
          Leave as is
        </button>
      </div>
    </div>
  );
}

/** As the server sent it, when it is larger than the server takes back. */
const LONGEST_TO_FORMAT = 1_000_000;

function prettyJson(json: string | undefined): string {
  if (json === undefined || json.length > LONGEST_TO_FORMAT) return json ?? '';
  return JSON.stringify(JSON.parse(json), undefined, 2);
}
