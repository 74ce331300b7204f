import { flow, map, pipe } from '@holon/flow';
import { expect, test, vi } from 'vitest';
import type { Pick } from './inbox.ts';
import { collected, lines, simulatedEngine } from './test/setting.ts';

/** Three bodies that end in the same moment. */
async function ended(pick: Pick | undefined) {
  const { clock, engine } = simulatedEngine({ pick });
  const leaf = flow('leaf', async (x: number) => {
    await clock.sleep(10);
    return x;
  });
  const run = engine.start(map('m', leaf), [0, 1, 2]);
  const events = collected(run);
  const value = await clock.finish(run.result);
  expect(value).toEqual([0, 1, 2]);
  return lines(events, 'node.succeeded')
    .slice(0, 3)
    .map((line) => line.slice('node.succeeded m['.length, -'/leaf'.length - 1));
}

test('without a pick each is heard as it comes', async () => {
  expect(await ended(undefined)).toEqual(['0', '1', '2']);
});

test('a pick chooses among all that settled in a turn', async () => {
  const seen: string[][] = [];
  const order = await ended((settled) => {
    seen.push(settled.map(({ path, attempt }) => `${path}@${attempt}`));
    return settled.length - 1;
  });
  expect(order).toEqual(['2', '1', '0']);
  expect(seen).toEqual([
    ['m[0]/leaf@1', 'm[1]/leaf@1', 'm[2]/leaf@1'],
    ['m[0]/leaf@1', 'm[1]/leaf@1'],
    ['m[0]/leaf@1'],
  ]);
});

test('a pick that throws, or gives what is no index, does not stop a run, and is told', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  try {
    expect(
      await ended(() => {
        throw new Error('no');
      }),
    ).toEqual(['0', '1', '2']);
    expect(await ended(() => 7)).toEqual(['0', '1', '2']);
    expect(await ended(() => Number.NaN)).toEqual(['0', '1', '2']);
    expect(warn.mock.calls.map(([message]) => String(message))).toContain(
      'pick gave 7, which is no index of the 3 settled bodies: the first goes on.',
    );
  } finally {
    warn.mockRestore();
  }
});

test('a pick is asked about bodies, not about composites, and not about synchronous ones', async () => {
  const paths: string[] = [];
  const { clock, engine } = simulatedEngine({
    pick: (settled) => {
      paths.push(...settled.map(({ path }) => path));
      return 0;
    },
  });
  const inner = pipe(
    'inner',
    flow('wait', async (x: number) => clock.sleep(1).then(() => x)),
    flow('inc', (x: number) => x + 1),
  );
  await clock.finish(engine.execute(pipe('outer', inner, inner), 0 as never));
  expect(paths).toEqual(['outer/inner/wait', 'outer/inner~2/wait']);
});
