import { flow, map, pipe } from '@holon/flow';
import { describe, expect, test, vi } from 'vitest';
import { type Run, type RunEvent, type Trace, Tracer } from './index.ts';
import { collected, hang, rejection, settled, simulatedEngine } from './test/setting.ts';

const inc = flow('inc', (x: number) => x + 1);

/** A trace in a few words: path, what became of it, its sums, its phases. */
function words({ spans }: Trace): string[] {
  return spans.map(
    ({ path, status, queuedMs, runningMs, retryingMs, heldMs, phases }) =>
      `${path} ${status} queued ${queuedMs} running ${runningMs} retrying ${retryingMs} held ${heldMs}: ${phases
        .map(({ kind, attempt, from, until }) => `${kind} ${attempt} ${from}-${until}`)
        .join(', ')}`,
  );
}

describe('run.trace', () => {
  test('is not there unless it was asked for', async () => {
    const { engine } = simulatedEngine();
    expect(engine.start(inc, 1).trace).toBeUndefined();
    expect(engine.start(inc, 1, { trace: false }).trace).toBeUndefined();
  });

  test('says what each instance did when: queue, run, retry and hold apart', async () => {
    const { engine, clock } = simulatedEngine({ maxConcurrency: 1 });
    let left = 1;
    const flaky = flow(
      'flaky',
      async (ms: number) => {
        await clock.sleep(ms);
        if (ms === 20 && left-- > 0) throw new TypeError('busy');
        return ms;
      },
      { retry: { retries: 1, delay: 100 } },
    );
    const run = engine.start(pipe('p', map('each', flaky), inc as never), [10, 20] as never, { trace: true });
    await clock.advance(15);
    expect(run.trace).toMatchObject({ runId: run.id, flow: 'p', status: 'running', endedAt: undefined });
    expect(words(run.trace!)).toEqual([
      'p running queued 0 running 0 retrying 0 held 0: running 1 0-undefined',
      'p/each running queued 0 running 0 retrying 0 held 0: running 1 0-undefined',
      'p/each[0]/flaky succeeded queued 0 running 10 retrying 0 held 0: running 1 0-10',
      'p/each[1]/flaky running queued 10 running 0 retrying 0 held 0: queued 1 0-10, running 1 10-undefined',
    ]);
    const early = run.trace;
    await clock.advance(100);
    run.pause();
    await clock.advance(50);
    run.resume();
    await clock.finish(run.outcome);
    expect(words(run.trace!)).toEqual([
      'p succeeded queued 0 running 185 retrying 0 held 0: running 1 0-185',
      'p/each succeeded queued 0 running 185 retrying 0 held 0: running 1 0-185',
      'p/each[0]/flaky succeeded queued 0 running 10 retrying 0 held 0: running 1 0-10',
      'p/each[1]/flaky succeeded queued 10 running 40 retrying 100 held 35: queued 1 0-10, running 1 10-30, retrying 1 30-130, held 2 130-165, running 2 165-185',
      'p/inc succeeded queued 0 running 0 retrying 0 held 0: running 1 185-185',
    ]);
    expect(run.trace).toMatchObject({
      status: 'succeeded',
      createdAt: 0,
      endedAt: 185,
      dropped: { spans: 0, phases: 0 },
    });
    expect(early?.spans).toHaveLength(4);
  });

  test('names reasons and failures', async () => {
    const { engine } = simulatedEngine({ maxConcurrency: 1 });
    const failing = flow('failing', async () => {
      throw new TypeError('no');
    });
    const ends = async (run: Run) => {
      await run.outcome;
      return run.trace!.spans.map(({ path, status, reason, error }) => [path, status, reason, error?.message]);
    };
    expect(await ends(engine.start(pipe('p', failing), undefined as never, { trace: true }))).toEqual([
      ['p', 'failed', 'failed in p/failing', 'no'],
      ['p/failing', 'failed', 'no retry was asked for', 'no'],
    ]);
    const canceled = engine.start(map('each', hang), [1, 2], { trace: true });
    await settled();
    canceled.cancel('enough');
    expect(await ends(canceled)).toEqual([
      ['each', 'canceled', 'canceled: enough', undefined],
      ['each[0]/hang', 'canceled', 'canceled: enough', undefined],
      ['each[1]/hang', 'canceled', 'canceled: enough', undefined],
    ]);
    expect(canceled.trace!.spans[2]!.phases).toMatchObject([
      { kind: 'queued', reason: 'waiting for one of 1 places: all are taken (maxConcurrency)' },
    ]);
  });

  test('a function is given the whole of it once, after the end, of execute as well', async () => {
    const { engine, clock } = simulatedEngine();
    const traces: Trace[] = [];
    const slow = flow('slow', async (ms: number) => clock.sleep(ms));
    await clock.finish(engine.execute(slow, 10, { trace: (trace) => traces.push(trace) }));
    const canceled = engine.start(hang, 1, { trace: (trace) => traces.push(trace) });
    await settled();
    canceled.cancel('enough');
    await rejection(canceled.result);
    expect(traces.map(({ flow: id, status, endedAt }) => [id, status, endedAt])).toEqual([
      ['slow', 'succeeded', 10],
      ['hang', 'canceled', 10],
    ]);
    expect(canceled.trace).toEqual(traces[1]);
  });

  test('a function that throws is only reported', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const { engine } = simulatedEngine();
    const trace = (): never => {
      throw new Error('oops');
    };
    expect(await engine.execute(inc, 1, { trace })).toBe(2);
    expect(warn.mock.calls).toEqual([
      ['What was to be given the trace of a run threw: oops', { code: 'HOLON_LISTENER' }],
    ]);
    warn.mockRestore();
  });

  test('equals what the events of the run make, sent as JSON', async () => {
    const { engine, clock } = simulatedEngine({ maxConcurrency: 1 });
    const slow = flow('slow', async (ms: number) => clock.sleep(ms));
    const run = engine.start(map('each', slow), [1, 2], { trace: true });
    const events = collected(run);
    await clock.finish(run.outcome);
    const tracer = new Tracer();
    for (const event of JSON.parse(JSON.stringify(events)) as RunEvent[]) tracer.take(event);
    expect(tracer.trace).toEqual(run.trace);
  });
});

test('a trace keeps the first 10,000 instances and 50,000 phases, and counts the others', () => {
  const tracer = new Tracer();
  const input = { kind: 'null' } as const;
  let seq = 0;
  const take = (body: object): void => tracer.take({ seq: ++seq, at: seq, ...body } as RunEvent);
  const open = (path: string): void => take({ type: 'node.opened', path, id: 'n', branch: 1, input });
  open('busy');
  for (let i = 1; i <= 30_000; i++) {
    take({ type: 'node.started', path: 'busy', attempt: i });
    take({ type: 'node.retrying', path: 'busy', attempt: i, reason: '', error: { name: 'E', message: '' } });
  }
  for (let i = 0; i < 10_005; i++) open(`n${i}`);
  take({ type: 'node.started', path: 'n10004', attempt: 1 });
  const { spans, dropped } = tracer.trace;
  expect(spans).toHaveLength(10_000);
  expect(dropped).toEqual({ spans: 6, phases: 10_000 });
  expect(spans[0]!.phases).toHaveLength(50_000);
  expect([spans[0]!.runningMs, spans[0]!.retryingMs]).toEqual([30_000, 29_999]);
});
