import type { Definition } from './definition.ts';
import { HolonError } from './errors.ts';
import { captureLoadedPlace } from './origin.ts';

type Body = NonNullable<Definition['body']>;

/** Where a flow that runs isolated, or has such a flow in it, was made: in the file that was loaded, so that another thread can load it, too. */
export interface IsolatedPlace {
  readonly file: string;
  readonly line: number;
  /** The flow's name, else its function's. */
  readonly name: string;
}

/** What is known of such flows that were made in this thread. */
interface Isolated {
  /** By place: the one body that was made there, or that there is more than one. */
  readonly at: Map<string, Definition | 'several'>;
  /** Where each body was made isolated, first things first: a copy with other options has a place of its own. */
  readonly of: WeakMap<Body, IsolatedPlace[]>;
  readonly places: WeakMap<Definition, IsolatedPlace>;
}

const ISOLATED = Symbol.for('holon.isolated.v1');

/** One for each thread, however many copies of the package are loaded. */
const isolated: Isolated = ((globalThis as { [ISOLATED]?: Isolated })[ISOLATED] ??= {
  at: new Map(),
  of: new WeakMap(),
  places: new WeakMap(),
});

/**
 * Remembers where a flow that isolates is being made, so that another thread in which the same module is loaded can
 * tell which it is. Holds one isolated flow for each place, so making flows without end takes no memory.
 *
 * @throws HolonError `invalid-option` for what can't run isolated
 */
export function rememberIsolated(definition: Definition): void {
  const { isTask, asynchronous, policies } = definition;
  const isIsolated = policies.isolation !== null;
  const name = isolatedName(definition);
  const problem = !isIsolated ? undefined : !isTask ? COMPOSITE : !asynchronous ? SYNCHRONOUS : undefined;
  if (problem !== undefined) throw new HolonError('invalid-option', `"${name}": isolation: ${problem}`);
  const place = placeOf(definition, name);
  if (place === undefined) return;
  isolated.places.set(definition, place);
  if (isIsolated) rememberBody(definition, place);
}

function rememberBody(definition: Definition, place: IsolatedPlace): void {
  const body = definition.body!;
  const key = keyOf(place);
  const before = isolated.at.get(key);
  if (before === undefined) isolated.at.set(key, definition);
  else if (before !== 'several' && before.body !== body) isolated.at.set(key, 'several');
  const places = isolated.of.get(body);
  if (places === undefined) isolated.of.set(body, [place]);
  else if (!places.some((other) => keyOf(other) === key)) places.push(place);
}

const COMPOSITE =
  'only a function can run isolated, not what is made of other flows. Give the option to the flows in it, or make a flow of an async function that calls it: what an isolated body calls runs where it does.';
const SYNCHRONOUS =
  'its function is not async, and what comes from another thread can only be a promise. Write async in front of it.';

/**
 * Loaders that change lines (vitest does) say so in stacks alone, so where the file is the same the stack's line counts:
 * it is the one that Node has.
 */
function placeOf(definition: Definition, name: string): IsolatedPlace | undefined {
  const loaded = captureLoadedPlace();
  const written = definition.origin();
  const at = loaded !== undefined && loaded.file !== written?.file ? loaded : written;
  return loaded && at && { file: at.file, line: at.line, name };
}

/** The one isolated flow that was made at a place, `several` when there are more, undefined when there is none. */
export function isolatedAt(place: IsolatedPlace): Definition | 'several' | undefined {
  return isolated.at.get(keyOf(place));
}

/** Where a body was made a flow to run isolated, the first place first. */
export function isolatedPlaces(body: Definition['body']): readonly IsolatedPlace[] {
  return (body && isolated.of.get(body)) ?? [];
}

/** Where a flow that isolates was made. */
export function isolatedPlace(definition: Definition): IsolatedPlace | undefined {
  return isolated.places.get(definition);
}

/** What an {@link IsolatedPlace} has for a name. */
export function isolatedName({ name, functionName, kind }: Definition): string {
  return name ?? functionName ?? kind;
}

function keyOf({ file, line, name }: IsolatedPlace): string {
  return [file, line, name].join('\n');
}
