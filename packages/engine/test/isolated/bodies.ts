import { HolonError, context, flow, parallel } from '@holon/flow';

/** Bodies that every executor runs in its tests. */

const isolation = 'thread';

export const increment = flow('increment', async (x: number) => x + 1, { isolation });
export const sum = flow('sum', async (a: number, b: number, c: number) => a + b + c, { isolation });
export const countArguments = flow('countArguments', async (...all: unknown[]) => all.length, { isolation });
export const echo = flow('echo', async (value: unknown) => value, { isolation });

export const whereAmI = flow(
  'whereAmI',
  async () => {
    await Promise.resolve();
    const { attempt, iteration, runId, path, idempotencyKey } = context();
    return { attempt, iteration, runId, path, idempotencyKey };
  },
  { isolation },
);

export const talk = flow(
  'talk',
  async (times: number) => {
    const { log, progress, emit } = context();
    for (let i = 0; i < times; i++) {
      log.info(`line ${i}`, { i });
      progress(i / times, `at ${i}`);
      emit('counted', i);
      await Promise.resolve();
    }
    return times;
  },
  { isolation },
);

export const logWhatCannotBeCopied = flow(
  'logWhatCannotBeCopied',
  async () => context().log.warn('look', { call: () => 1 }),
  { isolation },
);

class OutOfStock extends Error {
  override readonly name = 'OutOfStock';
  readonly code = 'E_STOCK';
  readonly left = { tea: 0 };
  readonly reorder = (): void => undefined;
}

export const failures: Readonly<Record<string, () => unknown>> = {
  nested: () => {
    const cause = new TypeError('no number', { cause: new RangeError('out of range', { cause: 'a text' }) });
    return new OutOfStock('tea is out of stock', { cause });
  },
  holon: () => new HolonError('no-match', 'nothing matches', { details: { value: 7 }, cause: new Error('inner') }),
  aggregate: () => new AggregateError([new Error('first'), new TypeError('second')], 'both failed'),
  dom: () => new DOMException('stopped', 'AbortError'),
  text: () => 'just a text',
  object: () => ({ status: 404 }),
  hostile: () => ({
    get message(): string {
      throw new Error('not even that');
    },
    call: () => undefined,
  }),
};

export const fail = flow(
  'fail',
  async (how: string) => {
    throw failures[how]!();
  },
  { isolation },
);

/** Stops when it is asked to, and gives why. */
export const waitForAbort = flow(
  'waitForAbort',
  async () => {
    const { signal, log } = context();
    log.info('waiting');
    const { promise, resolve } = Promise.withResolvers<void>();
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
    // A worker that waits for nothing of its own still hears that.
    const alive = setInterval(() => undefined, 60_000);
    await promise;
    clearInterval(alive);
    const { code, message } = signal.reason as HolonError;
    return { code, message };
  },
  { isolation },
);

const half = flow('half', (x: number) => {
  const { path, log } = context();
  log.info(`half in ${path}`);
  return x / 2;
});
const isAborted = flow('isAborted', async () => {
  const { signal } = context();
  const { promise, resolve } = Promise.withResolvers<string>();
  signal.addEventListener('abort', () => resolve((signal.reason as HolonError).message), { once: true });
  return promise;
});
const failsSoon = flow('failsSoon', async () => {
  await Promise.resolve();
  throw new Error('failed soon');
});
let siblingSaw = '';
const both = parallel({ failsSoon, sibling: flow('sibling', async () => (siblingSaw = await isAborted())) });

export const callsOthers = flow(
  'callsOthers',
  async (x: number) => {
    const first = half(x);
    await Promise.resolve();
    const second = half(first);
    const failed = await both({}).then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    return { first, second, failed, siblingSaw };
  },
  { isolation },
);

/** Whatever it is asked to stop, what it called is asked, too. */
export const awaitsOther = flow(
  'awaitsOther',
  async () => {
    const answer = parallel({ isAborted })({});
    context().log.info('called');
    return answer;
  },
  { isolation },
);

/** Made by a helper: all on one line, told apart by their exports alone. */
const made = (by: number) => flow('made', async (x: number) => x * by, { isolation });
export const double = made(2);
export const triple = made(3);
export const quadrupleAndFive = parallel({ four: made(4), five: made(5) });

/** One on its line here, but none when the module is imported. */
export function makeLater() {
  return flow('later', async () => 1, { isolation });
}
