import { HolonError } from '@holon/flow';

/** What a worker is importing. */
interface Importing {
  module: string | undefined;
}

const IMPORTING = Symbol.for('holon.importing.v1');

/** Of this thread; one, however many copies of the package are loaded. */
const importing: Importing = ((globalThis as { [IMPORTING]?: Importing })[IMPORTING] ??= { module: undefined });

/** Says that a worker imports `module`, until `done` settles. */
export async function whileImporting<T>(module: string, load: () => Promise<T>): Promise<T> {
  importing.module = module;
  try {
    return await load();
  } finally {
    importing.module = undefined;
  }
}

/** The folder of this package's own code. */
const OWN = import.meta.url.slice(0, import.meta.url.lastIndexOf('/') + 1);

/**
 * A module that starts a run as it is loaded would do so in every worker that imports it.
 *
 * @throws HolonError `run-while-importing` when a worker imports a module just now
 */
export function refuseWhileImporting(): void {
  const { module } = importing;
  if (module === undefined) return;
  throw new HolonError(
    'run-while-importing',
    `A run is started while a worker imports ${module}, at ${callerPlace() ?? 'a place that is not known'}. Start it in the main program alone: if (import.meta.main) { … }`,
  );
}

/** Where the nearest code stands that is not this package's. */
function callerPlace(): string | undefined {
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  const caller = frames.find((frame) => !frame.includes(OWN) && PLACE.test(frame));
  return PLACE.exec(caller ?? '')?.[1];
}

const PLACE = /(?:\(|at (?:async )?)((?:file:|\/).*:\d+):\d+\)?$/u;
