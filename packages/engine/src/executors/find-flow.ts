import { fileURLToPath } from 'node:url';
import { type AnyFlow, type Definition, HolonError, definitionOf, isFlow, isolatedAt, outlineOf } from '@holon/flow';
import { type Address, MAKE_IT, type Place, notIsolatable, parseAddress, placeText } from './addresses.ts';

/** Imports a module, by its URL. */
export type ImportModule = (url: string) => Promise<Readonly<Record<string, unknown>>>;

/**
 * Finds an isolated flow in this thread, loading the module it is in.
 *
 * @throws HolonError `not-isolatable`, `worker-import-failed`: why it is not at the first of its places
 */
export async function findFlow(address: Address, importModule: ImportModule): Promise<Definition> {
  let failure: unknown;
  for (const place of parseAddress(address)) {
    try {
      return await findAt(place, importModule);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

async function findAt(place: Place, importModule: ImportModule): Promise<Definition> {
  const exports = await load(place.module, importModule);
  const found = place.kind === 'line' ? atLine(place) : inExports(place, exports);
  if (typeof found === 'object') return found;
  throw notIsolatable(`${placeText(place)} can't run isolated: a worker that imports its module ${found} ${MAKE_IT}`);
}

function atLine({ module, line, name }: Place & { kind: 'line' }): Definition | string {
  const made = isolatedAt({ file: fileURLToPath(module), line, name });
  if (made === 'several') return 'has several isolated flows of that name on that line.';
  return made ?? 'has none there: it is made in a function that is called later, or in the main thread alone.';
}

function inExports(
  { name, below }: Place & { kind: 'export' },
  exports: Readonly<Record<string, unknown>>,
): Definition | string {
  const root: unknown = Object.hasOwn(exports, name) ? exports[name] : undefined;
  if (!isFlow(root)) return `finds no flow that it exports as "${name}".`;
  let node = outlineOf(root as AnyFlow);
  for (const segment of below) {
    const child = node.children.find((each) => each.segment === segment);
    if (child === undefined) return `finds no "${segment}" in "${node.id}".`;
    node = child;
  }
  const definition = definitionOf(node.flow)!;
  return definition.policies.isolation === null ? 'finds a flow there that is not isolated.' : definition;
}

async function load(url: string, importModule: ImportModule): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await importModule(url);
  } catch (error) {
    throw new HolonError(
      'worker-import-failed',
      `${fileURLToPath(url)} can't be imported by a worker: ${messageOf(error)}${adviceFor(error)}`,
      { cause: error },
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function adviceFor(error: unknown): string {
  switch ((error as { code?: unknown } | null)?.code) {
    case 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX':
    case 'ERR_UNKNOWN_FILE_EXTENSION':
      return ' Workers import with Node itself, which only strips types: compile the module, or move the isolated flow to one that needs no compiler.';
    default:
      return '';
  }
}
