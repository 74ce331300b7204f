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
export async function loadFlow(text: string): Promise<LoadedFlow> {
  const target = parseTarget(text);
  let exports: ModuleExports;
  try {
    exports = await importModule(target.file);
  } catch (error) {
    throw await diagnoseImport(error, target.file);
  }
  return { target, exports, ...chooseFlow(target, exports) };
}

/** `file#export` as it has to be typed here to mean this flow again. */
export function addressOf({ target, exportName }: LoadedFlow): string {
  return target.wanted === undefined
    ? target.text
    : `${target.text.slice(0, target.text.lastIndexOf('#'))}#${exportName}`;
}
