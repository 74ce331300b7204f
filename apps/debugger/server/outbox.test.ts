import { type Flow, context, flow, map } from '@holon/flow';
import { decodeRunState, encodeRunState, fold } from '@holon/engine/events';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { openTestServer } from './test/open-test-server.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
/** Each item is a value of some size, in an event or two. */
const busy: Flow<number[], Promise<string[]>> = map(
  'busy',
  flow('item', async (i: number) => {
    if (i % 50 === 0) await turn();
    return `${i} ${'x'.repeat(280)}`;
  }),
);
const items = (count: number) => Array.from({ length: count }, (_, i) => i);

/** More than waits for a client. */
const COUNT_TO_MISS = 30_000;

test('a client that does not read slows nothing: the run ends, then the client is told how much it missed, and the state', async () => {
  const { session, attach } = await openTestServer(busy);
  const client = await attach();
  const { runId } = await client.ask('holon/start', { input: items(COUNT_TO_MISS), paused: true });
  const { state } = await client.ask('holon/subscribe', { runId });
  await client.event('stopped');
  const seen = decodeRunState(state);

  client.socket.pause();
  const run = session.runs[0]!;
  run.continue();
  await expect(run.run.outcome).resolves.toMatchObject({ status: 'succeeded' });

  client.socket.resume();
  const resync = await client.event('holon/resync');
  const received = client.events('holon/runEvents').flatMap(({ events }) => events);
  expect(resync.dropped).toBeGreaterThan(10_000);
  expect(received.length + resync.dropped).toBe(run.state.seq - state.seq);
  expect(received.map(({ seq }) => seq)).toEqual(received.map((_, i) => state.seq + 1 + i));
  for (const event of received) fold(seen, event, { keep: 'all' });
  expect(seen.seq + resync.dropped).toBe(resync.state.seq);
  expect(resync.state).toEqual(JSON.parse(JSON.stringify(encodeRunState(run.state))));
  await expect(client.ask('holon/runs')).resolves.toMatchObject({ runs: [{ status: 'succeeded' }] });
  expect(client.events('holon/resync')).toHaveLength(1);
});

test('a client that reads misses nothing, however fast the run', async () => {
  const { session, attach } = await openTestServer(busy);
  const client = await attach();
  const { runId } = await client.ask('holon/start', { input: items(3_000), paused: true });
  const { state } = await client.ask('holon/subscribe', { runId });
  await client.ask('holon/continue', { runId });
  await client.event('holon/runEvents', ({ events }) => events.at(-1)?.type === 'run.succeeded');
  const received = client.events('holon/runEvents').flatMap(({ events }) => events);
  expect(received).toHaveLength(session.runs[0]!.state.seq - state.seq);
  expect(client.events('holon/resync')).toEqual([]);
  const seen = decodeRunState(state);
  for (const event of received) fold(seen, event, { keep: 'all' });
  expect(JSON.parse(JSON.stringify(encodeRunState(seen)))).toEqual(
    JSON.parse(JSON.stringify(encodeRunState(session.runs[0]!.state))),
  );
});

test('following another run leaves out what waits of the one before, and what was missed of it', async () => {
  const { session, attach } = await openTestServer(busy);
  const client = await attach();
  const other = await attach();
  const first = await client.ask('holon/start', { input: items(COUNT_TO_MISS), paused: true });
  const second = await client.ask('holon/start', { input: items(1), paused: true });
  const [secondRun, firstRun] = session.runs;
  await client.ask('holon/subscribe', { runId: first.runId });
  client.socket.pause();
  firstRun!.continue();
  await firstRun!.run.outcome;

  const subscribed = client.ask('holon/subscribe', { runId: second.runId });
  const announced = client.ask('holon/setBreakpoints', { breakpoints: [{ node: 'elsewhere' }] });
  await other.event('holon/breakpoints', ({ breakpoints }) => breakpoints.length === 1); // both were read by now
  client.socket.resume();
  const { state } = await subscribed;
  await announced;
  const before = client.received.length;
  secondRun!.continue();
  await client.event(
    'holon/runEvents',
    ({ runId, events }) => runId === second.runId && events.at(-1)?.type === 'run.succeeded',
  );
  const bodies = client.events('holon/runEvents');
  const after = client.received
    .slice(before)
    .filter((message) => message.type === 'event' && message.event === 'holon/runEvents');
  expect(bodies.slice(-after.length).map(({ runId }) => runId)).toEqual(after.map(() => second.runId));
  expect(bodies.find(({ runId }) => runId === second.runId)!.events[0]!.seq).toBe(state.seq + 1);
  expect(client.events('holon/resync')).toEqual([]);
});

test('lines of output that a client does not read are counted, and said to be missing', async () => {
  const chatty = flow('chatty', async (lines: number) => {
    for (let i = 0; i < lines; i++) {
      if (i % 100 === 0) await turn();
      context().log.info(`${i} ${'x'.repeat(1_000)}`);
    }
  });
  const { session, attach } = await openTestServer(chatty);
  const client = await attach();
  await client.ask('holon/start', { input: 40_000, paused: true });
  await client.event('stopped');
  client.socket.pause();
  session.runs[0]!.continue();
  await session.runs[0]!.run.outcome;
  client.socket.resume();
  const cut = await client.event('output', ({ output }) => output.startsWith('…'));
  const leftOut = Number(/^… (\d+) lines were left out: this client reads too slowly\n$/.exec(cut.output)?.[1]);
  const lines = client.events('output').filter((line) => line !== cut);
  expect(leftOut).toBeGreaterThan(10_000);
  expect(lines.length + leftOut).toBe(40_000);
  expect(lines.map(({ output }) => Number.parseInt(output, 10))).toEqual(items(lines.length));
});

test('a client that asks and does not read the replies is let go', async () => {
  const { session, attach } = await openTestServer(busy);
  const client = await attach();
  const { runId } = await client.ask('holon/start', { input: items(10_000), paused: false });
  await session.runs[0]!.run.outcome;
  const ended = once(client.socket, 'close');
  client.socket.pause();
  for (let seq = 100; seq < 140; seq++) {
    client.socket.send(JSON.stringify({ seq, type: 'request', command: 'holon/subscribe', arguments: { runId } }));
  }
  const stays = await attach();
  await stays.event('holon/session', ({ clients }) => clients === 2);
  client.socket.resume();
  const [code] = await ended;
  expect(code).toBe(1013);
  await stays.until(() => (stays.events('holon/session').at(-1)?.clients === 1 ? true : undefined));
});

test('lines of output of the run that a client follows come among its events, and once', async () => {
  const greeting = flow('greeting', async (name: string) => context().log.warn(`hello ${name}`));
  const { attach } = await openTestServer(greeting);
  const [follows, listens] = [await attach(), await attach()];
  const { runId } = await follows.ask('holon/start', { input: 'you', paused: true });
  await follows.ask('holon/subscribe', { runId });
  await follows.ask('holon/continue', { runId });
  expect(await listens.event('output')).toEqual({
    category: 'stderr',
    output: 'hello you\n',
    holon: { runId, path: 'greeting' },
  });
  await follows.event('holon/runEvents', ({ events }) => events.some(({ type }) => type === 'node.logged'));
  await follows.event('holon/runs', ({ runs }) => runs[0]?.status === 'succeeded');
  expect(follows.events('output')).toEqual([]);
});
