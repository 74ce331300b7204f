/** The parameters that have to be given: those before the first optional, default-valued or rest one. */
type RequiredOf<
  Args extends readonly unknown[],
  Found extends readonly unknown[] = readonly [],
> = Args extends readonly [infer One, ...infer Rest] ? RequiredOf<Rest, readonly [...Found, One]> : Found;

/** Parameters that all have to be given. */
type IsFixed<Args extends readonly unknown[]> = RequiredOf<Args>['length'] extends Args['length']
  ? Args['length'] extends RequiredOf<Args>['length']
    ? true
    : false
  : false;

/** What no type can vouch for: nothing fits it, and its one field says what to do. */
export interface NeedsParams {
  readonly 'an array could be taken for the list of arguments: name the parameters with the option params': never;
}

/** A first parameter that is given alone though optional ones follow. */
type Alone<Args extends readonly unknown[]> = number extends Args['length']
  ? Args[0]
  : Extract<Args[0], readonly unknown[]> extends never
    ? Args[0]
    : Exclude<Args[0], readonly unknown[]> | NeedsParams;

/**
 * What one input to a function of these parameters is: the list of the required ones when there are two or
 * more, else the first alone.
 *
 * At run time the function's `length` decides, and no type can see all of that: a default (`b: number = 2`) ends its
 * count, a question mark (`b?: number`) does not. So a list holds the required parameters alone, and a first
 * parameter that is an array, with optional ones after it, is refused until `params` says what is meant.
 */
export type InputOf<Args extends readonly unknown[]> = Args extends readonly []
  ? void
  : Args extends readonly [unknown?]
    ? Args[0]
    : RequiredOf<Args> extends readonly [unknown, unknown, ...unknown[]]
      ? IsFixed<Args> extends true
        ? Readonly<Args>
        : RequiredOf<Args>
      : Alone<Args>;

/** {@link InputOf} where the option `params` names the parameters: the list of them from two names on. */
export type NamedInputOf<Args extends readonly unknown[], Names extends readonly string[]> = Names extends readonly [
  string,
  string,
  ...string[],
]
  ? Readonly<Args>
  : Names extends readonly [] | readonly [string]
    ? Args[0]
    : unknown;

/** What an input schema of a function of these parameters has to give: one input, or the list of several. */
export type SchemaInputOf<Args extends readonly unknown[]> = Args extends readonly []
  ? unknown
  : Args extends readonly [unknown?]
    ? Args[0]
    : RequiredOf<Args> extends readonly [unknown, unknown, ...unknown[]]
      ? Readonly<Args>
      : Args[0] | Readonly<Args>;

/**
 * Literals as what they are of: a body that returns `'a'` or `'b'` may have its output checked to be a string. Anything
 * for a body that never returns.
 */
export type Widened<T> = [T] extends [never]
  ? unknown
  : T extends string
    ? string
    : T extends number
      ? number
      : T extends boolean
        ? boolean
        : T;
