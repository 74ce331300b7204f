import type { Definition } from './definition.ts';
import { HolonError } from './errors.ts';

type Body = NonNullable<Definition['body']>;

/** What is known of the flows to run isolated that were made in this thread. */
interface Isolated {
  /** By place and name: the one body that was made there, or that there is more than one. */
  readonly atPlace: Map<string, Definition | 'several'>;
  /** Where each body was made isolated, first things first: a copy with other options has a place of its own. */
  readonly ofBody: WeakMap<Body, Definition[]>;
}

const ISOLATED = Symbol.for('holon.isolated.v1');

/** One for each thread, however many copies of the package are loaded. */
const isolated: Isolated = ((globalThis as { [ISOLATED]?: Isolated })[ISOLATED] ??= {
  atPlace: new Map(),
  ofBody: new WeakMap(),
});

/**
 * Remembers where a flow to run isolated was made, so that another thread in which the same module is loaded can
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
  const { atPlace, ofBody } = isolated;
  const body = definition.body!;
  const before = atPlace.get(place);
  if (before === undefined) atPlace.set(place, definition);
  else if (before !== 'several' && before.body !== body) atPlace.set(place, 'several');
  const places = ofBody.get(body);
  if (places === undefined) ofBody.set(body, [definition]);
  else if (!places.some((other) => placeOf(other) === place)) places.push(definition);
}

const COMPOSITE =
  'only a function can run isolated, not what is made of other flows. Give the option to the flows in it, or make a flow of an async function that calls it: what an isolated body calls runs where it does.';
const SYNCHRONOUS =
  'its function is not async, and what comes from another thread can only be a promise. Write async in front of it.';

/** The one isolated flow of that name made on that line, `several` when there are more, undefined when there is none. */
export function isolatedAt(file: string, line: number, name: string): Definition | 'several' | undefined {
  return isolated.atPlace.get(placeText(file, line, name));
}

/** The flows that were made of one body to run isolated, one for each place, the first one first. */
export function isolatedOf(body: Definition['body']): readonly Definition[] {
  return (body && isolated.ofBody.get(body)) ?? [];
}

/** What {@link isolatedAt} calls the name: the explicit one, else the function's. */
export function isolatedName({ name, functionName, kind }: Definition): string {
  return name ?? functionName ?? kind;
}

function placeOf(definition: Definition): string | undefined {
  const at = definition.origin();
  return at && placeText(at.file, at.line, isolatedName(definition));
}

function placeText(file: string, line: number, name: string): string {
  return [file, line, name].join('\n');
}
