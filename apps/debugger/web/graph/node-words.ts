import { STATUS_WORDS } from '../state/display-status.ts';
import type { NodeView } from '../state/run-view.ts';

/** `running · 3 of 8`, `retrying, attempt 2`: a node's state in a few words. */
export function stateWords(view: NodeView | undefined): string {
  if (view === undefined) return STATUS_WORDS.pending;
  const attempt = view.attempt > 1 ? `, attempt ${view.attempt}` : '';
  const count = view.total > 1 ? ` · ${view.ended.toLocaleString()} of ${view.total.toLocaleString()}` : '';
  return STATUS_WORDS[view.status] + attempt + count;
}

/** What there is room for in a drawing: once the state's sign stands for "it went well", the count of it says enough. */
export function shortStateWords(view: NodeView): string {
  if (view.total === 1 || view.status !== 'succeeded') return stateWords(view);
  return `${view.ended.toLocaleString()} of ${view.total.toLocaleString()}`;
}

/** The state's words, and whether it stops there: what is to be heard beside a node's name. */
export function spokenWords(view: NodeView | undefined, breakpoint: boolean): string {
  return breakpoint ? `${stateWords(view)}, breakpoint` : stateWords(view);
}
