import type { Phase } from '@holon/engine/events';
import { ariaKeys, withKeys } from '../keys/shortcuts.ts';
import { toggleBreakpoint } from '../state/commands.ts';
import { breakpointAt, useFlow } from '../state/flow-store.ts';

/** Sets and clears one breakpoint, with its words; hollow where a run can't stop at it. */
export function BreakpointToggle({
  node,
  phase,
  label,
}: {
  readonly node: string;
  readonly phase: Phase;
  readonly label: string;
}) {
  const placed = useFlow(({ breakpoints }) => breakpointAt(breakpoints, node, phase));
  const words =
    placed?.message ??
    (phase === 'entry'
      ? withKeys('Stop before its body starts', 'breakpoint')
      : 'Stop after it ended, before its output is used');
  return (
    <button
      type="button"
      className="button small breakpoint-toggle"
      aria-pressed={placed !== undefined}
      aria-keyshortcuts={phase === 'entry' ? ariaKeys('breakpoint') : undefined}
      title={words}
      onClick={() => void toggleBreakpoint(node, phase)}
    >
      <span
        className="breakpoint-dot"
        data-set={placed !== undefined}
        data-verified={placed?.verified ?? true}
        data-phase={phase}
      />
      {label}
    </button>
  );
}
