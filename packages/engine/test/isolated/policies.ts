import { context, flow, map, pipe } from '@holon/flow';

/** Isolated flows that an engine runs in its tests, with what else an author says about them. */

const isolation = 'thread';

export const square = flow('square', async (x: number) => x * x, { isolation });
export const squares = pipe('squares', map('each', square), (all: number[]) => all.reduce((a, b) => a + b, 0));

export const spin = flow(
  'spin',
  async () => {
    context().log.info('spinning');
    for (;;);
  },
  { isolation },
);

/** Takes its worker for a moment. */
export const busy = flow(
  'busy',
  async (ms: number) => {
    const until = performance.now() + ms;
    while (performance.now() < until);
    return context().path;
  },
  { isolation, timeout: 2_000 },
);

/** Ends its worker in all attempts but the last. */
export const flaky = flow(
  'flaky',
  async (attempts: number) => {
    const { attempt } = context();
    if (attempt < attempts) process.exit(1);
    return attempt;
  },
  { isolation, retry: { retries: 5, delay: 1 } },
);

/** Not in any picture: found as it runs. */
export const calls = flow('calls', async (x: number) => {
  const first = await square(x);
  return square(first);
});

const made = (by: number) => flow('made', async (x: number) => x * by, { isolation });
export const several = pipe('several', made(2), made(3));

/** Made by whoever calls it, in whichever thread. */
export function makeLater() {
  return flow('later', async () => 1, { isolation });
}

export const callsLater = flow('callsLater', async () => makeLater()());

export const countBytes = flow('countBytes', async (bytes: Uint8Array) => bytes.byteLength, { isolation });
export const countBytesTwice = countBytes.with({ retry: { retries: 1, delay: 1 } });

export const join = flow('join', async (a: string, b: string) => `${a}-${b}`, { isolation });
