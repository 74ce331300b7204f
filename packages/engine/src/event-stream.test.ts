import { flow, isHolonError, map } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import {
  type RunEvent,
  type RunSnapshot,
  decodeRunState,
  emptyRunState,
  encodeRunState,
  fold,
} from './events/index.ts';
import { collected, settled, simulatedEngine } from './test/setting.ts';

async function all(stream: AsyncIterable<RunEvent | RunSnapshot>): Promise<(RunEvent | RunSnapshot)[]> {
  const items: (RunEvent | RunSnapshot)[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

function setting() {
  const { engine, clock } = simulatedEngine();
  const leaf = flow('leaf', async (x: number) => clock.sleep(10).then(() => x));
  const m = map('m', leaf, { concurrency: 1 });
  return { clock, start: () => engine.start(m, [1, 2, 3]) };
}

describe('events()', () => {
  test('listens from its call on, however late the reader begins', async () => {
    const { clock, start } = setting();
    const run = start();
    const stream = run.events();
    const events = collected(run);
    await clock.finish(run.result);
    expect(await all(stream)).toEqual(events);
  });

  test('gives one that comes late a snapshot equal to the fold of what it missed, then every event after it', async () => {
    const { clock, start } = setting();
    const run = start();
    const events = collected(run);
    await clock.advance(15);
    const late = run.events();
    await clock.finish(run.result);
    const [snapshot, ...rest] = await all(late);
    expect(snapshot?.type).toBe('run.snapshot');
    const { seq, state } = snapshot as RunSnapshot;
    expect(rest).toEqual(events.slice(rest[0] === undefined ? events.length : rest[0].seq - 1));
    const folded = emptyRunState();
    for (const event of events.slice(0, seq)) fold(folded, event);
    expect(state).toEqual(encodeRunState(folded));
    const whole = decodeRunState(state);
    for (const event of rest) fold(whole, event as RunEvent);
    for (const event of events.slice(seq)) fold(folded, event);
    expect(whole).toEqual(folded);
  });

  test('after the end there is only the snapshot', async () => {
    const { clock, start } = setting();
    const run = start();
    await clock.finish(run.result);
    expect(await all(run.events())).toMatchObject([{ type: 'run.snapshot', state: { status: 'succeeded' } }]);
  });

  test('a reader that is too slow gets a fresh snapshot in place of what its buffer could not hold', async () => {
    const { clock, start } = setting();
    const run = start();
    const events = collected(run);
    const reader = run.events({ buffer: 3 })[Symbol.asyncIterator]();
    await settled();
    expect((await reader.next()).value).toMatchObject({
      type: 'run.snapshot',
      seq: events.length,
      missed: events.length,
    });
    await clock.advance(10);
    expect((await reader.next()).value).toEqual(events[6]);
    await clock.finish(run.result);
    const rest: (RunEvent | RunSnapshot)[] = [];
    for (let item = await reader.next(); item.done !== true; item = await reader.next()) rest.push(item.value);
    expect(rest.map(({ type }) => type)).toEqual(['run.snapshot']);
    const missed = events.length - events[6]!.seq;
    expect(rest[0]).toMatchObject({ seq: events.length, missed, state: { status: 'succeeded' } });
  });

  test('what a reader got and what its snapshots stand for add up to all there was', async () => {
    const { clock, start } = setting();
    for (const buffer of [1, 2, 5, 50]) {
      const run = start();
      const events = collected(run);
      let count = 0;
      const reading = (async () => {
        for await (const item of run.events({ buffer })) {
          count += item.type === 'run.snapshot' ? item.missed : 1;
          expect(item.seq).toBe(count);
          await clock.sleep(7);
        }
      })();
      await clock.finish(reading);
      expect(count).toBe(events.length);
    }
  });

  test('a reader whose buffer is large enough misses nothing', async () => {
    const { clock, start } = setting();
    const run = start();
    const events = collected(run);
    const reading = all(run.events({ buffer: 1_000 }));
    await clock.finish(run.result);
    expect(await reading).toEqual(events);
  });

  test('ends when its signal is aborted, and when the reader stops', async () => {
    const { clock, start } = setting();
    const run = start();
    const controller = new AbortController();
    const reading = all(run.events({ signal: controller.signal }));
    await clock.advance(1);
    controller.abort();
    const seen = await reading;
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index + 1));
    for await (const event of run.events()) {
      expect(event.type).toBe('run.snapshot');
      break;
    }
    await clock.finish(run.result);
  });

  test('refuses a buffer that is none, at once', () => {
    const { start } = setting();
    const run = start();
    for (const buffer of [0, -1, 1.5, Number.NaN]) {
      let error: unknown;
      try {
        run.events({ buffer });
      } catch (thrown) {
        error = thrown;
      }
      expect(isHolonError(error, 'invalid-option')).toBe(true);
    }
  });
});
