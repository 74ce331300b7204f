import { flow, pipe } from '@holon/flow';
import { expect, test } from 'vitest';
import type { RunEvent } from '@holon/engine/events';
import { openTestServer } from './test/open-test-server.ts';
import { ManualClock } from './test/manual-clock.ts';

const GRACE_MS = 30_000;
const work = () =>
  pipe(
    'work',
    flow('first', async (x: number) => x + 1),
    flow('second', async (x: number) => x * 2),
  );

async function openPaused() {
  const clock = new ManualClock();
  const opened = await openTestServer(work(), { clock, graceMs: GRACE_MS });
  const client = await opened.attach();
  await client.ask('holon/start', { input: 1, paused: true });
  await client.event('stopped');
  const run = opened.session.runs[0]!;
  const events: RunEvent[] = [];
  run.run.on((event) => events.push(event));
  const gone = async () => {
    await client.leave();
    await clock.timer(GRACE_MS);
  };
  return { ...opened, clock, client, run, events, gone };
}

test('a paused run waits while a client is there', async () => {
  const { clock, client, run } = await openPaused();
  clock.advance(10);
  await client.ask('holon/runs');
  expect(run.state.status).toBe('paused');
  const session = await client.event('holon/session');
  expect(session).toMatchObject({ clients: 1, graceMs: GRACE_MS });
  expect(session.note).toBeUndefined();
});

test('a client that comes back in time finds the run as it left it', async () => {
  const { clock, run, gone, attach } = await openPaused();
  await gone();
  clock.advance(GRACE_MS - 1);
  const back = await attach();
  clock.advance(1);
  const { runs } = await back.ask('holon/runs');
  expect(runs).toMatchObject([{ status: 'paused', held: 1 }]);
  expect((await back.event('stopped')).holon).toEqual({ runId: run.run.id, path: 'work/first' });
});

test('without a client the run goes on, says why in its events, and the next client is told, once', async () => {
  const { clock, run, events, gone, attach } = await openPaused();
  await gone();
  clock.advance(GRACE_MS);
  await expect(run.run.outcome).resolves.toEqual({ status: 'succeeded', value: 4 });
  expect(events).toContainEqual(expect.objectContaining({ type: 'run.resumed', reason: 'no client for 30 s' }));

  const next = await attach();
  expect((await next.event('holon/session')).note).toBe('The paused run went on without you: no client for 30 s.');
  const another = await attach();
  expect((await another.event('holon/session')).note).toBeUndefined();
  await next.event('holon/session', ({ clients, note }) => clients === 2 && note === undefined);
});

test('the last of two clients counts', async () => {
  const { clock, client, run, attach } = await openPaused();
  const second = await attach();
  await client.leave();
  await second.event('holon/session', ({ clients }) => clients === 1);
  for (let passed = 0; passed < 2 * GRACE_MS; passed += 10_000) {
    clock.advance(10_000);
    await second.ask('holon/runs'); // it answers pings, too
  }
  expect(run.state.status).toBe('paused');
});

test('a client that attaches twice is one client', async () => {
  const { clock, client, run, gone } = await openPaused();
  await client.ask('attach', {});
  await gone();
  clock.advance(GRACE_MS);
  await expect(run.run.outcome).resolves.toMatchObject({ status: 'succeeded' });
});

test('a run started paused that never had a client waits without limit', async () => {
  const clock = new ManualClock();
  const { session, attach } = await openTestServer(work(), { clock, graceMs: GRACE_MS });
  const stopped = () => new Promise<void>((resolve) => session.on('stopped', () => resolve()));
  const early = session.start(1, { paused: true });
  await stopped();
  clock.advance(100 * GRACE_MS);
  expect(early.state.status).toBe('paused');

  const client = await attach();
  await client.ask('holon/continue', { runId: early.run.id });
  await early.run.outcome;
  await client.leave();
  await clock.timer(GRACE_MS);
  const late = session.start(1, { paused: true });
  await stopped();
  clock.advance(100 * GRACE_MS);
  expect(late.state.status).toBe('paused');
});

test('a run that stops after everyone has left has the same time', async () => {
  const clock = new ManualClock();
  const { session, attach } = await openTestServer(work(), { clock, graceMs: GRACE_MS });
  const client = await attach();
  await client.ask('holon/setBreakpoints', { breakpoints: [{ node: 'second' }] });
  const { runId } = await client.ask('holon/start', { input: 1, paused: true });
  await client.leave();
  await clock.timer(GRACE_MS);
  const run = session.runs.find((each) => each.run.id === runId)!;
  const stopped = new Promise<void>((resolve) => session.on('stopped', () => resolve()));
  clock.advance(GRACE_MS);
  await stopped;
  expect(run.stops).toMatchObject([{ path: 'work/second', why: 'breakpoint' }]);
  clock.advance(GRACE_MS);
  await expect(run.run.outcome).resolves.toMatchObject({ status: 'succeeded' });
});
