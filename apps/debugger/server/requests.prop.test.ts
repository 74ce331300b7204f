import { fc, test } from '@fast-check/vitest';
import { map, pipe } from '@holon/flow';
import { expect } from 'vitest';
import { requestArguments } from './arguments.ts';
import { openTestServer } from './test/open-test-server.ts';

const json = fc.jsonValue({ maxDepth: 3 });
const commands = Object.keys(requestArguments).filter((command) => command !== 'disconnect');

/** Requests near to right ones: the right names with arguments of the right kind or of any. */
const argumentsNearby = fc.oneof(
  json,
  fc.record(
    {
      runId: fc.oneof(fc.constant('RUN'), fc.string()),
      threadId: fc.nat({ max: 4 }),
      frameId: fc.nat({ max: 9 }),
      variablesReference: fc.nat({ max: 20 }),
      path: fc.constantFrom('work', 'work/each', 'work/each[0]/task', 'nowhere'),
      side: fc.constantFrom('input', 'output'),
      phase: fc.constantFrom('entry', 'exit'),
      kind: fc.constantFrom('over', 'into', 'out'),
      value: json,
      input: json,
      paused: fc.boolean(),
      adapterID: fc.string(),
      source: fc.record({ path: fc.string() }),
      breakpoints: fc.array(
        fc.oneof(fc.record({ line: fc.nat() }), fc.record({ node: fc.constantFrom('task', 'work', 'x') })),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: [] },
  ),
);
const frames = fc.array(
  fc.record({
    command: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...commands) }, { weight: 1, arbitrary: fc.string() }),
    arguments: argumentsNearby,
  }),
  { minLength: 1, maxLength: 40 },
);

test.prop([frames], { numRuns: 25 })('every request gets exactly one reply', async (requests) => {
  const work = pipe(
    'work',
    map('each', async function task(x: unknown) {
      return x;
    }),
  );
  const { session, connect, server } = await openTestServer(work);
  const client = await connect();
  await client.ask('initialize', { adapterID: 'holon' });
  await client.ask('attach', {});
  const { runId } = await client.ask('holon/start', { input: [1, 2], paused: true });
  const first = 1_000;
  requests.forEach((request, i) => {
    const text = JSON.stringify({ seq: first + i, type: 'request', ...request });
    client.socket.send(text.replaceAll('"RUN"', JSON.stringify(runId)));
  });
  const last = await client.reply({ seq: first + requests.length, type: 'request', command: 'holon/runs' });
  expect(last).toMatchObject({ success: true });
  const answered = client.received.flatMap((message) =>
    message.type === 'response' && message.request_seq >= first ? [message] : [],
  );
  expect(answered.map(({ request_seq }) => request_seq)).toEqual(
    [...requests.keys(), requests.length].map((i) => first + i),
  );
  expect(answered.filter((reply) => !reply.success && reply.message === 'internal')).toEqual([]);
  expect(client.received.map(({ seq }) => seq)).toEqual(client.received.map((_, i) => i + 1));
  await server.close();
  await session.close();
});

const scraps = fc.constantFrom(
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  ':',
  ',',
  '"seq"',
  '"type"',
  '"request"',
  '"command"',
  '"threads"',
  '"arguments"',
  'null',
  '1',
  ' ',
  '\u0000',
  '"__proto__"',
);
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.array(scraps).map((parts) => parts.join('')),
);

test.prop([fc.array(texts, { minLength: 1, maxLength: 60 })], { numRuns: 25 })(
  'every frame of text gets exactly one reply, whatever it holds',
  async (frames) => {
    const { connect } = await openTestServer();
    const client = await connect();
    for (const frame of frames) client.socket.send(frame);
    await client.ask('initialize', { adapterID: 'holon' });
    expect(client.received.map(({ type }) => type)).toEqual([...frames, 'initialize'].map(() => 'response'));
  },
);
