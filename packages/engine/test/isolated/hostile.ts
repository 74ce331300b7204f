import { readFile } from 'node:fs/promises';
import { context, flow, transfer } from '@holon/flow';

/** Bodies that do to their worker what no body should. */

const isolation = 'thread';

export const spin = flow(
  'spin',
  async () => {
    context().log.info('spinning');
    for (;;);
  },
  { isolation },
);

/** As it goes on, it goes on in the same turn: its worker hears nothing any more. */
export const spinAsync = flow(
  'spinAsync',
  async () => {
    context().log.info('spinning');
    for (;;) await Promise.resolve();
  },
  { isolation },
);

const kept: unknown[] = [];
export const leaks: Readonly<Record<string, () => void>> = {
  objects: () => {
    for (;;) kept.push({ a: [1, 2, 3], b: {} });
  },
  numbers: () => {
    for (;;) kept.push(1);
  },
  map: () => {
    const map = new Map<number, number>();
    for (let i = 0; ; i++) map.set(i, i);
  },
  'ever larger arrays': () => {
    for (let length = 1e6; ; length *= 2) kept.push(Array.from({ length }).fill(0));
  },
};
export const leak = flow('leak', async (how: string) => leaks[how]!(), {
  isolation: { kind: 'thread', memory: '64MB' },
});
export const modest = flow('modest', async (x: number) => x + 1, { isolation: { kind: 'thread', memory: '64MB' } });

export const exit = flow(
  'exit',
  async (code: number) => {
    context().log.info('leaving');
    process.exit(code);
  },
  { isolation },
);

export const throwInTimer = flow(
  'throwInTimer',
  async () => {
    setTimeout(() => {
      throw new RangeError('in a timer');
    }, 1);
    await new Promise(() => undefined);
  },
  { isolation },
);

export const rejectUnheard = flow(
  'rejectUnheard',
  async () => {
    void Promise.reject(new TypeError('nobody listens'));
    await new Promise(() => undefined);
  },
  { isolation },
);

/** Gives its result, and leaves behind what fails later. */
export const leaveBehind = flow(
  'leaveBehind',
  async () => {
    void Promise.reject(new TypeError('left behind'));
    return 'gone';
  },
  { isolation },
);

/** Waits for a turn of its worker's event loop, so that all that is due there happens. */
export const waitATurn = flow(
  'waitATurn',
  async () => new Promise<string>((resolve) => setTimeout(() => resolve('unharmed'), 5)),
  { isolation },
);

const uncloneable: Readonly<Record<string, () => unknown>> = {
  'in a record': () => ({ user: { name: 'ada', save: () => undefined } }),
  'in a list': () => [1, [2, Symbol('s')]],
  'in a map': () => new Map([['first', { call() {} }]]),
  'a class with a function': () =>
    new (class Account {
      close = (): void => undefined;
    })(),
  itself: () => function later() {},
  'a promise': () => ({ rows: [Promise.resolve(1)] }),
  'a proxy': () => ({
    proxied: new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    ),
  }),
  'a throwing getter': () => ({
    a: {
      get b(): number {
        throw new Error('no');
      },
    },
  }),
};
export const giveUncloneable = flow('giveUncloneable', async (what: string) => uncloneable[what]!(), { isolation });
export const take = flow('take', async (value: unknown) => typeof value, { isolation });

export const giveBuffer = flow(
  'giveBuffer',
  async (handsOver: boolean) => {
    const bytes = new Uint8Array(1_000).fill(7);
    const result = { bytes, left: () => bytes.byteLength };
    kept.push(result.left);
    const given = { bytes };
    return handsOver ? transfer(given, [bytes.buffer]) : given;
  },
  { isolation },
);
/** How many bytes the buffer that was given last has left here. */
export const bytesLeft = flow('bytesLeft', async () => (kept.at(-1) as () => number)(), { isolation });
export const byteLength = flow('byteLength', async (bytes: Uint8Array) => bytes.byteLength, { isolation });

/** State of this module in the worker's thread. */
let calls = 0;
export const countCalls = flow('countCalls', async () => ++calls, { isolation });

/** Holds its worker until there is something in a file. */
export const holdUntil = flow(
  'holdUntil',
  async (path: string) => {
    context().log.info('holding');
    for (;;) {
      const text = await readFile(path, 'utf8').catch(() => '');
      if (text !== '') return text;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  },
  { isolation },
);
