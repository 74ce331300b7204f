import { textOf } from './errors.ts';
import type { Problems } from './problems.ts';

/** Says whether a value is of a type: what an author gives as `types.input` and `types.output`. */
export interface TypePredicate {
  (value: unknown): boolean;
  /** What it asks for, in words for the message: `a positive number`. */
  readonly description?: string | undefined;
}

/** What an author says about a flow beside its policies. Nothing here changes what a flow does, but `types`. */
export interface FlowNotes {
  /** What it does, in a sentence. */
  readonly description?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /**
   * Predicates for the input (of several parameters: their list) and the output. What they refuse is a `TypeError`
   * that begins with `Invalid input type` or `Invalid output type` (code `invalid-input` or `invalid-output`): thrown
   * where calling the flow gives its value, a rejection where it gives a promise.
   */
  readonly types?:
    | { readonly input?: TypePredicate | undefined; readonly output?: TypePredicate | undefined }
    | undefined;
  /** What is known of its cost; `expectedDuration` in milliseconds. */
  readonly performance?:
    | {
        readonly pure?: boolean | undefined;
        readonly memoizable?: boolean | undefined;
        readonly expectedDuration?: number | undefined;
      }
    | undefined;
}

/**
 * An author's data about a flow. `name`, `version` and `types` mean what the options of these names mean; all else
 * is the author's own.
 */
export interface FlowMeta extends FlowNotes {
  readonly name?: string | undefined;
  readonly version?: string | number | undefined;
  readonly [key: string]: unknown;
}

/** The options that are kept in a flow's meta when they stand beside other options. */
export const NOTES: readonly string[] = ['description', 'tags', 'types', 'performance'];
const META_KEYS: readonly string[] = ['name', 'version', ...NOTES];

/** The meta of a flow whose author said nothing. */
export const NO_META: FlowMeta = Object.freeze({});

/**
 * The meta that `options` come to: the author's own object where that is all there is, a frozen one where it is put
 * together. `copied` is what a copied flow had; `meta` replaces it, notes are added to it.
 */
export function metaOf(options: object, copied?: FlowMeta): FlowMeta {
  const given = options as FlowMeta & { readonly meta?: FlowMeta | undefined };
  // Of a copy, a name among the options is only the name of the copy.
  const notes = META_KEYS.filter((key) => given[key] !== undefined && (copied === undefined || key !== 'name'));
  const before = copied ?? NO_META;
  if (notes.length === 0) return given.meta ?? before;
  if (copied === undefined && Object.keys(given).every((key) => META_KEYS.includes(key))) return given;
  return Object.freeze({ ...(given.meta ?? before), ...Object.fromEntries(notes.map((key) => [key, given[key]])) });
}

/** Everything wrong with the notes in a flow's options, since they may be anything in plain JavaScript. */
export function checkNotes(options: FlowNotes & { readonly meta?: unknown }, problems: Problems): void {
  const { meta, description, tags, types, performance } = options;
  if (description !== undefined && typeof description !== 'string')
    problems.add(() => `description: ${textOf(description)} is not a text.`);
  if (tags !== undefined && !(Array.isArray(tags) && tags.every((tag) => typeof tag === 'string')))
    problems.add(() => `tags: ${textOf(tags)} is not a list of texts.`);
  for (const [option, value] of Object.entries({ meta, types, performance })) {
    if (value !== undefined && !isRecord(value)) problems.add(() => `${option}: ${textOf(value)} is not an object.`);
  }
  if (!isRecord(types)) return;
  for (const [side, predicate] of Object.entries(types)) {
    if (side !== 'input' && side !== 'output')
      problems.add(() => `types: ${textOf(side)} is neither "input" nor "output".`);
    else if (predicate !== undefined && typeof predicate !== 'function')
      problems.add(
        () => `types.${side}: ${textOf(predicate)} is not a function that says whether a value is of the type.`,
      );
  }
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
