import { type AnyFlow, definitionOf, isFlow, nearest, textOf } from '@holon/flow';
import { CliError } from '../cli-error.ts';
import { excerptOfFile, shownPath } from '../output/excerpt.ts';
import { widest } from '../output/style.ts';
import type { Target } from './target.ts';

/** A flow of a module, with the name it is exported by. */
export interface ChosenFlow {
  readonly flow: AnyFlow;
  readonly exportName: string;
}

/**
 * The flow that `file#export` means: the named one, else the default export, else the only one.
 *
 * @throws CliError when there is none, when there are several to choose from, or none of that name
 */
export function chooseFlow(target: Target, exports: Readonly<Record<string, unknown>>): ChosenFlow {
  const flows = flowsOf(exports);
  const file = shownPath(target.file);
  if (target.wanted !== undefined) return named(target.wanted, flows, exports, file);
  if (flows.length === 1) return flows[0]!;
  const main = flows.find(({ exportName }) => exportName === 'default');
  if (main !== undefined) return main;
  if (flows.length === 0) throw noFlow(file, target.file, exports);
  throw new CliError(`${file} exports ${flows.length} flows; say which one.`, { todo: addressesOf(file, flows) });
}

/** By name, the default export last. */
function flowsOf(exports: Readonly<Record<string, unknown>>): ChosenFlow[] {
  const names = Object.keys(exports).filter((name) => name !== 'default' && name !== 'module.exports');
  return [...names, 'default'].flatMap((exportName) => {
    const value = exports[exportName];
    return isFlow(value) ? [{ flow: value, exportName }] : [];
  });
}

function named(
  wanted: string,
  flows: readonly ChosenFlow[],
  exports: Readonly<Record<string, unknown>>,
  file: string,
): ChosenFlow {
  const value = exports[wanted];
  if (isFlow(value)) return { flow: value, exportName: wanted };
  const near = nearest(
    wanted,
    flows.map((each) => each.exportName),
  );
  if (wanted in exports) {
    throw new CliError(`"${wanted}" of ${file} is ${kindOf(value)}, not a flow.`, {
      details: flows.length === 0 ? [whatElse(exports)] : [],
      todo: addressesOf(file, flows),
    });
  }
  throw new CliError(`${file} exports no "${wanted}".${near === undefined ? '' : ` Did you mean "${near}"?`}`, {
    details: flows.length === 0 ? [whatElse(exports)] : [],
    todo: addressesOf(file, flows),
  });
}

function noFlow(file: string, path: string, exports: Readonly<Record<string, unknown>>): CliError {
  const plain = Object.keys(exports).find((name) => kindOf(exports[name]) === 'a plain function');
  return new CliError(`${file} exports no flow.`, {
    details: [whatElse(exports)],
    excerpt: plain === undefined ? undefined : excerptOfExport(path, plain),
    todo: [
      `Make a flow of a function and export it: export const ${plain === undefined || plain === 'default' ? 'work' : plain} = flow((…) => …);`,
    ],
  });
}

function excerptOfExport(path: string, name: string): ReturnType<typeof excerptOfFile> {
  const whole = excerptOfFile(path, 1);
  const line = whole?.text.split('\n').findIndex((text) => /\bexport\b/u.test(text) && text.includes(name)) ?? -1;
  return line < 0 ? undefined : excerptOfFile(path, line + 1);
}

function whatElse(exports: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(exports).filter((name) => name !== 'module.exports');
  if (names.length === 0) return 'It exports nothing.';
  return `It exports ${names.map((name) => `${name} (${kindOf(exports[name])})`).join(', ')}.`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'function')
    return /^class\b/u.test(Function.prototype.toString.call(value)) ? 'a class' : 'a plain function';
  if (typeof value === 'object') return value instanceof Promise ? 'a promise' : 'an object';
  return `the ${typeof value} ${textOf(value, 40)}`;
}

/** How to name each flow, in the order in which they were written, with what it is beside it. */
function addressesOf(file: string, flows: readonly ChosenFlow[]): string[] {
  const line = ({ flow }: ChosenFlow) => definitionOf(flow)!.origin()?.line ?? Number.MAX_SAFE_INTEGER;
  const ordered = [...flows].sort((a, b) => line(a) - line(b));
  const width = widest(ordered.map(({ exportName }) => exportName));
  return ordered.map(({ flow, exportName }) => {
    const { kind, name } = definitionOf(flow)!;
    return `${file}#${exportName.padEnd(width)}  ${kind}${name === undefined || name === exportName ? '' : ` "${name}"`}`;
  });
}
