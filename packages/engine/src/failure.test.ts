import { type AnyFlow, HolonError, branch, flow, isHolonError, loop, pipe } from '@holon/flow';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { collected, rejection, simulatedEngine } from './test/setting.ts';

const inc = flow('inc', async (x: number) => x + 1);

test.each<[string, AnyFlow, string]>([
  ['invalid-input', flow('typed', async (x: number) => x, { input: z.string() as never }), 'p/typed'],
  ['invalid-output', flow('typed', async (x: number) => x, { output: z.string() as never }), 'p/typed'],
  ['no-match', branch('which', (_x: number) => 'neither' as never, { a: inc, b: inc }), 'p/which'],
  ['loop-limit', loop('again', inc, { while: () => true, max: 2 }), 'p/again'],
])('%s says in which instance it began', async (code, part, path) => {
  const { engine, clock } = simulatedEngine();
  const run = engine.start(pipe('p', inc, part as (x: number) => unknown), 1);
  const events = collected(run);
  const error = await rejection(clock.finish(run.result));
  expect(isHolonError(error)).toBe(true);
  expect(error).toMatchObject({ code, path });
  expect(await run.outcome).toMatchObject({ path });
  expect(events.filter(({ type }) => type === 'node.failed')).toMatchObject([
    { path, error: { path } },
    { path: 'p', error: { path } },
  ]);
});

test('an error that says where it began is left as it is, and so is one that can not be changed', async () => {
  const { engine, clock } = simulatedEngine();
  for (const thrown of [
    new HolonError('timeout', 'elsewhere', { path: 'other/place' }),
    Object.freeze(new HolonError('timeout', 'frozen')),
  ]) {
    const { path } = thrown;
    const failing = flow('failing', async () => Promise.reject(thrown));
    expect(await rejection(clock.finish(engine.execute(failing, undefined)))).toBe(thrown);
    expect(thrown.path).toBe(path);
  }
});
