import { DEFINITION } from '../brand.ts';
import type { Definition, Slot } from '../definition.ts';

/** How many arguments a flow can be given. */
export interface ArgumentRange {
  readonly least: number;
  readonly most: number;
}

/** As far as it can be told: a range is never narrower than what the flow really takes, parameters marked `?` aside. */
export function argumentRange(definition: Definition): ArgumentRange {
  const { params, body } = definition;
  const range = body === undefined ? ofComposite(definition) : ofFunction(body);
  return params === undefined ? range : { least: Math.min(range.least, params.length), most: params.length };
}

function ofComposite({ handsOn, picture }: Definition): ArgumentRange {
  const first = picture.edges.filter(({ from }) => from === 'in').map(({ to }) => to);
  const fed = handsOn ? first.filter((end): end is Slot => typeof end === 'object' && 'flow' in end) : [];
  // One input, which it may do without; or what those take to whom it goes by way of a mark.
  if (fed.length === 0) return { least: 0, most: handsOn ? Number.POSITIVE_INFINITY : 1 };
  const ranges = fed.map(({ flow }) => argumentRange(flow[DEFINITION]));
  return {
    least: Math.max(...ranges.map(({ least }) => least)),
    most: Math.min(...ranges.map(({ most }) => most)),
  };
}

type AnyFunction = (...args: never[]) => unknown;

/** `length` counts the parameters up to the first with a default; how many follow, only the source can tell. */
function ofFunction(fn: AnyFunction): ArgumentRange {
  return { least: fn.length, most: takesNoMore(fn) ? fn.length : Number.POSITIVE_INFINITY };
}

/** Whether its source says that it has no default, no rest parameter and no `arguments`. When in doubt it has. */
function takesNoMore(fn: AnyFunction): boolean {
  const source = Function.prototype.toString.call(fn).replace(/\/\*.*?\*\/|\/\/[^\n]*/gsu, '');
  if (/\barguments\b|\[native code\]/u.test(source)) return false;
  if (/^(?:async\s+)?[\p{ID_Continue}$]+\s*=>/u.test(source)) return true;
  const parameters = parametersIn(source);
  return parameters !== undefined && !/=|\.\.\./u.test(parameters);
}

/** What stands between the first parenthesis and the one that closes it. */
function parametersIn(source: string): string | undefined {
  const start = source.indexOf('(');
  let open = 0;
  for (let i = start; i >= 0 && i < source.length; i++) {
    if (source[i] === '(') open += 1;
    if (source[i] === ')') open -= 1;
    if (open === 0) return source.slice(start + 1, i);
  }
  return undefined;
}
