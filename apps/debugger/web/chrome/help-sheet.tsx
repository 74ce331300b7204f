import { SHORTCUTS } from '../keys/shortcuts.ts';
import { STATUS_WORDS, type DisplayStatus } from '../state/display-status.ts';
import { Icon } from './icon.tsx';
import { Sheet, closeSheet } from './sheet.tsx';
import { StatusIcon } from './status-icon.tsx';

const WIDGET_KEYS = [
  { title: 'Move through the graph and the drawings', keys: ['←', '→', '↑', '↓'] },
  { title: 'Select the focused node', keys: ['Enter'] },
  { title: 'Start a run, in the input box; apply, in an edited value', keys: ['Ctrl+Enter'] },
  { title: 'Close', keys: ['Esc'] },
] as const;

/** What the words alone leave open. */
const MEANINGS: Partial<Readonly<Record<DisplayStatus, string>>> = {
  suspended: 'held because its run is paused',
  answered: 'given a value in place of its body',
};

/** All keys, and what the shapes mean. */
export function HelpSheet() {
  return (
    <Sheet id="help" label="Keys and signs">
      <div className="sheet-head">
        <h2>Keys and signs</h2>
        <button type="button" className="button quiet icon" aria-label="Close" title="Close (Esc)" onClick={closeSheet}>
          <Icon name="close" />
        </button>
      </div>
      <dl className="key-list">
        {[...SHORTCUTS, ...WIDGET_KEYS].map(({ title, keys }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <ul className="sign-list">
        {(Object.keys(STATUS_WORDS) as DisplayStatus[]).map((status) => (
          <li key={status}>
            <StatusIcon status={status} />{' '}
            <span>{[STATUS_WORDS[status], MEANINGS[status]].filter(Boolean).join(': ')}</span>
          </li>
        ))}
        <li>
          <span className="breakpoint-dot" data-set="true" data-verified="true" /> breakpoint
        </li>
        <li>
          <span className="breakpoint-dot" data-set="true" data-verified="false" /> breakpoint that no run can stop at
        </li>
      </ul>
    </Sheet>
  );
}
