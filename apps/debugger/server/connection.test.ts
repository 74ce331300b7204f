import { once } from 'node:events';
import { flow } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import type { AnyResponse } from '../protocol/index.ts';
import { MAX_FRAME_BYTES, MAX_RECEIVED_BYTES } from './frame-limits.ts';
import { ManualClock } from './test/manual-clock.ts';
import { openTestServer } from './test/open-test-server.ts';

const brief = (reply: AnyResponse) => ({ to: reply.request_seq, code: reply.success ? 'success' : reply.message });
const request = (seq: number, command: string, args?: unknown) =>
  JSON.stringify({ seq, type: 'request', command, arguments: args });

describe('a frame that is no request', () => {
  test.each([
    ['nothing', '', { to: 0, code: 'malformed' }],
    ['no JSON', '{"seq":907,', { to: 907, code: 'malformed' }],
    ['a number', '7', { to: 0, code: 'malformed' }],
    ['null', 'null', { to: 0, code: 'malformed' }],
    ['a list', '[{"seq":901}]', { to: 0, code: 'malformed' }],
    ['no seq', '{"type":"request","command":"threads"}', { to: 0, code: 'malformed' }],
    ['a seq below 1', '{"seq":-1,"type":"request","command":"threads"}', { to: 0, code: 'malformed' }],
    ['a seq that is no number', '{"seq":"1","type":"request","command":"threads"}', { to: 0, code: 'malformed' }],
    ['an event', '{"type":"event","seq":903,"event":"stopped"}', { to: 903, code: 'malformed' }],
    ['an unknown command', request(904, 'holon/strat'), { to: 904, code: 'unknown-command' }],
    ['the name of a property of all objects', request(904, 'constructor'), { to: 904, code: 'unknown-command' }],
    ['__proto__ as a command', request(904, '__proto__'), { to: 904, code: 'unknown-command' }],
    ['missing arguments', request(905, 'stackTrace'), { to: 905, code: 'invalid-arguments' }],
    [
      'wrong arguments',
      request(906, 'holon/start', { input: 1, paused: 'yes' }),
      { to: 906, code: 'invalid-arguments' },
    ],
    [
      'a value that would reach a prototype',
      '{"seq":908,"type":"request","command":"holon/start","arguments":{"paused":false,"input":[{"__proto__":{"a":1}}]}}',
      { to: 908, code: 'unsafe-key' },
    ],
    [
      'a value that would, spelled otherwise',
      '{"seq":908,"type":"request","command":"holon/start","arguments":{"paused":false,"input":{"\\u005f_proto__":1}}}',
      { to: 908, code: 'unsafe-key' },
    ],
    [
      'one nested too deep',
      `{"seq":909,"type":"request","command":"holon/start","arguments":${'['.repeat(100_000)}`,
      { to: 909, code: 'too-deep' },
    ],
    [
      'one too large',
      `{"seq":910,"type":"request","arguments":"${'x'.repeat(MAX_FRAME_BYTES)}"}`,
      { to: 910, code: 'too-large' },
    ],
    ['a binary one', new TextEncoder().encode(request(911, 'threads')), { to: 0, code: 'binary' }],
  ])('is answered: %s', async (_, frame, expected) => {
    const client = await (await openTestServer()).attach();
    const reply = await client.replyToText(frame);
    expect(brief(reply)).toEqual(expected);
    expect(reply.success ? '' : reply.body.error.format).toMatch(/^[A-Z].{10,200}$/);
    await expect(client.ask('holon/runs')).resolves.toEqual({ runs: [] });
  });

  test('suggests the nearest command', async () => {
    const client = await (await openTestServer()).attach();
    await expect(client.ask('holon/strat' as never)).rejects.toThrow(
      'There is no command "holon/strat". Did you mean "holon/start"?',
    );
  });

  test('ends the connection when it is larger than a server need receive', async () => {
    const { attach } = await openTestServer();
    const client = await attach();
    client.socket.send('x'.repeat(MAX_RECEIVED_BYTES + 1));
    const [code] = await once(client.socket, 'close');
    expect(code).toBe(1009);
    await expect((await attach()).ask('holon/runs')).resolves.toBeDefined();
  });
});

describe('the order of requests', () => {
  test('begins with initialize, then attach', async () => {
    const client = await (await openTestServer()).connect();
    await expect(client.ask('attach', {})).rejects.toThrow('not-initialized: Send "initialize" first.');
    await client.ask('initialize', { adapterID: 'holon' });
    await expect(client.ask('initialize', { adapterID: 'holon' })).rejects.toThrow('already-initialized');
    await expect(client.ask('holon/runs')).rejects.toThrow('not-initialized: Send "attach" first.');
    await client.ask('attach', {});
    await client.event('initialized');
    await expect(client.ask('holon/runs')).resolves.toEqual({ runs: [] });
  });

  test('ends with disconnect', async () => {
    const client = await (await openTestServer()).attach();
    await client.ask('disconnect', {});
    const [code] = await once(client.socket, 'close');
    expect(code).toBe(1000);
  });
});

test('more requests than anyone needs are refused, each with a reply, until time has passed', async () => {
  const clock = new ManualClock();
  const client = await (await openTestServer(undefined, { clock })).connect();
  const flood = Array.from({ length: 300 }, (_, i) =>
    client.reply({ seq: i + 100, type: 'request', command: 'threads' }),
  );
  const codes = (await Promise.all(flood)).map((reply) => brief(reply).code);
  expect(codes.filter((code) => code === 'too-many-requests')).toHaveLength(100);
  expect(codes.indexOf('too-many-requests')).toBe(200);
  clock.advance(1_000);
  await expect(client.ask('initialize', { adapterID: 'holon' })).resolves.toBeDefined();
});

describe('what can not be done', () => {
  test('is refused with a code and a text for people', async () => {
    const number = flow('number', async (x: number) => x, {
      input: {
        '~standard': {
          version: 1,
          vendor: 'test',
          validate: (value) =>
            typeof value === 'number' ? { value } : { issues: [{ message: 'expected a number', path: ['amount'] }] },
        },
      },
    });
    const client = await (await openTestServer(number)).attach();
    await expect(client.ask('holon/start', { input: 'x', paused: false })).rejects.toThrow(
      /invalid-input: .*\n.*amount: expected a number/,
    );
    await expect(client.ask('holon/subscribe', { runId: 'nothing' })).rejects.toThrow(
      'unknown-run: There is no run nothing',
    );
    await expect(client.ask('next', { threadId: 99 })).rejects.toThrow('unknown-thread: There is no thread 99');
    await expect(client.ask('scopes', { frameId: 99 })).rejects.toThrow('unknown-reference');
    const { runId } = await client.ask('holon/start', { input: 1, paused: true });
    await client.event('stopped');
    await expect(client.ask('holon/step', { runId, kind: 'over', path: 'elsewhere' })).rejects.toThrow(
      'not-stopped: Nothing stands at elsewhere.',
    );
    await client.ask('holon/continue', { runId });
    await client.event('holon/runs', ({ runs }) => runs[0]?.status === 'succeeded');
    await expect(client.ask('holon/cancel', { runId })).rejects.toThrow('run-ended');
  });

  test('a mistake of ours is an answer, too, without its stack', async () => {
    const { session, attach } = await openTestServer();
    const client = await attach();
    const warned = once(process, 'warning');
    Object.defineProperty(session, 'runs', {
      get: () => {
        throw new TypeError('runs are broken');
      },
    });
    const reply = await client.reply({ seq: 900, type: 'request', command: 'holon/runs' });
    Reflect.deleteProperty(session, 'runs');
    expect(reply).toMatchObject({ request_seq: 900, success: false, message: 'internal' });
    expect(JSON.stringify(reply)).toContain('runs are broken');
    expect(JSON.stringify(reply)).not.toContain('.ts:');
    expect((await warned)[0]).toMatchObject({ message: 'runs are broken' });
  });
});

test('a client that vanishes without a word is noticed', async () => {
  const clock = new ManualClock();
  const { attach } = await openTestServer(undefined, { clock });
  const stays = await attach();
  const vanishes = await attach();
  await stays.event('holon/session', ({ clients }) => clients === 2);
  vanishes.socket.pause();
  const pinged = once(stays.socket, 'ping');
  clock.advance(15_000);
  await pinged;
  await stays.ask('holon/runs'); // its pong came before this request
  clock.advance(15_000);
  await stays.until(() => (stays.events('holon/session').at(-1)?.clients === 1 ? true : undefined));
  vanishes.socket.terminate();
});

test('a flow without input is started without one', async () => {
  const { session, attach } = await openTestServer(flow('nothing', async () => 7));
  await (await attach()).ask('holon/start', { input: undefined, paused: false });
  await expect(session.runs[0]!.run.outcome).resolves.toEqual({ status: 'succeeded', value: 7 });
});
