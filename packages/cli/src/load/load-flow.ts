import { CliError } from '../cli-error.ts';
import { type EarlyEnd, withoutEarlyEnd } from '../early-end.ts';
import { EXIT } from '../exit-codes.ts';
import { shownPath } from '../output/excerpt.ts';
import { showCliError } from '../output/show-error.ts';
import type { Channel } from '../output/terminal.ts';
import { type ChosenFlow, chooseFlow } from './choose-flow.ts';
import { diagnoseImport } from './diagnose.ts';
import { type ModuleExports, importModule } from './import-module.ts';
import { type Target, parseTarget } from './target.ts';

/** A flow, found. */
export interface LoadedFlow extends ChosenFlow {
  readonly target: Target;
  /** All that its module exports: `input` and `cases` stand beside the flow. */
  readonly exports: ModuleExports;
}

/**
 * Loads the flow that `file#export` names.
 *
 * @throws CliError for no such file, a module that can't be imported, and no flow or too many in it
 */
export async function loadFlow(text: string, notes: Channel): Promise<LoadedFlow> {
  const target = parseTarget(text);
  let exports: ModuleExports;
  try {
    exports = await withoutEarlyEnd(earlyEnd(target, notes), importModule(target.file));
  } catch (error) {
    throw await diagnoseImport(error, target.file);
  }
  // A module that exports `then` is taken for a promise by whoever imports it: what it gives is no module.
  if (typeof exports !== 'object' || exports === null) {
    throw new CliError(`${shownPath(target.file)} exports a function named "then", so it can't be imported.`, {
      todo: ['Export it by another name.'],
    });
  }
  return { target, exports, ...chooseFlow(target, exports) };
}

function earlyEnd({ file }: Target, notes: Channel): EarlyEnd {
  const tell = (what: string) => showCliError(new CliError(`${shownPath(file)} ${what}`), notes);
  return {
    onIdle: () =>
      tell('was never loaded to its end: it, or a file it imports, awaits a promise that nobody will settle.'),
    onExit: (code) => tell(`ended the process while it was loaded, with process.exit(${code}).`),
    exitCode: EXIT.usage,
  };
}

/** `file#export` as it has to be typed here to mean this flow again. */
export function addressOf({ target, exportName }: LoadedFlow): string {
  return target.wanted === undefined ? target.path : `${target.path}#${exportName}`;
}
