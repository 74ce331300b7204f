import type { Definition } from './definition.ts';
import { HolonError } from './errors.ts';

/** The flows to run isolated that were written at one place: one body, or more than one. */
type Written = Definition | 'several';

const ISOLATED = Symbol.for('holon.isolated.v1');

/** Of this thread, by place and name; one, however many copies of the package are loaded. */
const written: Map<string, Written> = ((globalThis as { [ISOLATED]?: Map<string, Written> })[ISOLATED] ??= new Map());

/**
 * Remembers where a flow to run isolated was written, so that another thread in which the same module is loaded can
 * tell which it is. Holds one flow for each place in the source, so making flows without end takes no memory.
 *
 * @throws HolonError `invalid-option` for what can't run isolated
 */
export function rememberIsolated(definition: Definition): void {
  const problem = !definition.isTask ? COMPOSITE : !definition.asynchronous ? SYNCHRONOUS : undefined;
  if (problem !== undefined)
    throw new HolonError('invalid-option', `"${isolatedName(definition)}": isolation: ${problem}`);
  const place = placeOf(definition);
  if (place === undefined) return;
  const before = written.get(place);
  if (before === undefined) written.set(place, definition);
  // A copy with other policies is the same body.
  else if (before !== 'several' && before.body !== definition.body) written.set(place, 'several');
}

const COMPOSITE =
  'only a function can run isolated, not what is made of other flows. Give the option to the flows in it, or make a flow of an async function that calls it: what an isolated body calls runs where it does.';
const SYNCHRONOUS =
  'its function is not async, and what comes from another thread can only be a promise. Write async in front of it.';

/** The one isolated flow of that name written at that line, `several` when there are more, undefined when none is. */
export function isolatedAt(file: string, line: number, name: string): Written | undefined {
  return written.get(`${file}\n${line}\n${name}`);
}

/** What {@link isolatedAt} calls the name: the explicit one, else the function's. */
export function isolatedName({ name, functionName, kind }: Definition): string {
  return name ?? functionName ?? kind;
}

function placeOf(definition: Definition): string | undefined {
  const at = definition.origin();
  return at && `${at.file}\n${at.line}\n${isolatedName(definition)}`;
}
