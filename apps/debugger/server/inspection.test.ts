import { fileURLToPath } from 'node:url';
import { describe as pictureOf, flow, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { openTestServer } from './test/open-test-server.ts';

const here = fileURLToPath(import.meta.url);
const load = flow('load', async (order: { id: string; lines: number[] }) => order);
const total = flow('total', async (order: { id: string; lines: number[] }) =>
  order.lines.reduce((sum, line) => sum + line, 0),
);
const order = pipe('order', load, pipe('sums', total));
const input = { id: 'o-1', lines: Array.from({ length: 250 }, (_, i) => i) };

/** Where a flow of this file was written. */
const lineOf = (label: string) => pictureOf(order).nodes.find((node) => node.label === label)!.origin!.line;

async function stoppedAt(node: string) {
  const { session, attach } = await openTestServer(order);
  const client = await attach();
  await client.ask('holon/setBreakpoints', { breakpoints: [{ node }] });
  const { runId } = await client.ask('holon/start', { input, paused: false });
  const { threadId } = await client.event('stopped');
  return { session, client, runId, threadId };
}

describe('what stands', () => {
  test('is looked at as threads, frames, scopes and variables', async () => {
    const { client, runId, threadId } = await stoppedAt('total');
    expect((await client.ask('threads')).threads).toEqual([
      { id: threadId, name: `order/sums/total (run ${runId.slice(0, 8)})` },
    ]);

    const { stackFrames, totalFrames } = await client.ask('stackTrace', { threadId });
    expect(totalFrames).toBe(3);
    expect(stackFrames.map(({ name }) => name)).toEqual(['total', 'sums', 'order']);
    expect(stackFrames[0]).toMatchObject({ line: lineOf('total'), source: { name: 'inspection.test.ts', path: here } });

    const { scopes } = await client.ask('scopes', { frameId: stackFrames[0]!.id });
    expect(scopes.map(({ name }) => name)).toEqual(['Input', 'State']);
    const { variables } = await client.ask('variables', { variablesReference: scopes[0]!.variablesReference });
    expect(variables).toMatchObject([
      { name: 'id', value: '"o-1"', type: 'string', variablesReference: 0 },
      {
        name: 'lines',
        value: expect.stringMatching(/^\[0, 1, 2, 3, .*, … \d+ more\]$/u),
        type: 'array',
        variablesReference: expect.any(Number),
      },
    ]);
    const state = await client.ask('variables', { variablesReference: scopes[1]!.variablesReference });
    expect(state.variables).toContainEqual({ name: 'status', value: 'held', type: 'string', variablesReference: 0 });
  });

  test('and what runs: a thread shows where it is, not where it was', async () => {
    let goOn = (): void => undefined;
    const child = flow('child', async (x: number) => x);
    const parent = flow('parent', async (x: number) => {
      await child(x);
      await new Promise<void>((resolve) => (goOn = resolve));
    });
    const { attach } = await openTestServer(parent);
    const client = await attach();
    const { runId } = await client.ask('holon/start', { input: 1, paused: true });
    await client.ask('holon/subscribe', { runId });
    await client.ask('holon/continue', { runId });
    await client.event('holon/runEvents', ({ events }) => events.some(({ type }) => type === 'node.succeeded'));
    const { threads } = await client.ask('threads');
    const stacks = await Promise.all(threads.map(({ id }) => client.ask('stackTrace', { threadId: id })));
    goOn();
    expect(stacks.map(({ stackFrames }) => stackFrames.map(({ name }) => name))).toEqual([['parent']]);
  });

  test('shows a long list by pages', async () => {
    const { client, threadId } = await stoppedAt('total');
    const { stackFrames } = await client.ask('stackTrace', { threadId });
    const { scopes } = await client.ask('scopes', { frameId: stackFrames[0]!.id });
    const inside = async (variablesReference: number) =>
      (await client.ask('variables', { variablesReference })).variables;
    const [, lines] = await inside(scopes[0]!.variablesReference);
    const pages = await inside(lines!.variablesReference);
    expect(pages.map(({ name }) => name)).toEqual(['[0 … 99]', '[100 … 199]', '[200 … 249]']);
    const last = await inside(pages[2]!.variablesReference);
    expect(last).toHaveLength(50);
    expect(last.at(-1)).toEqual({ name: '249', value: '249', type: 'number', variablesReference: 0 });
  });

  test('can not be looked at by an old reference once the run has gone on', async () => {
    const { client, threadId } = await stoppedAt('load');
    const { stackFrames } = await client.ask('stackTrace', { threadId });
    const { scopes } = await client.ask('scopes', { frameId: stackFrames[0]!.id });
    await client.ask('next', { threadId });
    await client.event('stopped', ({ holon }) => holon.path === 'order/sums');
    await expect(client.ask('scopes', { frameId: stackFrames[0]!.id })).rejects.toThrow('unknown-reference');
    await expect(client.ask('variables', { variablesReference: scopes[0]!.variablesReference })).rejects.toThrow(
      'unknown-reference',
    );
    const fresh = await client.ask('stackTrace', { threadId });
    expect(fresh.stackFrames[0]!.id).toBeGreaterThan(stackFrames.at(-1)!.id);
  });

  test('is stepped by its thread: over, into, out', async () => {
    const { client, threadId } = await stoppedAt('load');
    await client.ask('next', { threadId });
    await client.event('stopped', ({ holon }) => holon.path === 'order/sums');
    await client.ask('stepIn', { threadId });
    await client.event('stopped', ({ holon }) => holon.path === 'order/sums/total');
    await client.ask('stepOut', { threadId });
    await client.event('holon/runs', ({ runs }) => runs[0]?.status === 'succeeded');
    await client.event('thread', ({ reason }) => reason === 'exited');
    expect(await client.ask('threads')).toEqual({ threads: [] });
  });
});

describe('breakpoints by source line', () => {
  const lines = (...given: number[]) => ({ source: { path: here }, breakpoints: given.map((line) => ({ line })) });

  test('stand at flows written there; elsewhere the nearest is named', async () => {
    const { attach, session } = await openTestServer(order);
    const client = await attach();
    const { breakpoints } = await client.ask('setBreakpoints', lines(lineOf('total'), 1));
    expect(breakpoints).toEqual([
      { verified: true, line: lineOf('total') },
      {
        verified: false,
        line: 1,
        message: `No flow is written at line 1; the nearest is "load" at line ${lineOf('load')}.`,
      },
    ]);
    expect(session.breakpoints).toMatchObject([{ node: 'order/sums/total', phase: 'entry', verified: true }]);

    await client.ask('holon/start', { input, paused: false });
    expect((await client.event('stopped')).holon.path).toBe('order/sums/total');
  });

  test('of a file in which no flow is written say so', async () => {
    const client = await (await openTestServer(order)).attach();
    const { breakpoints } = await client.ask('setBreakpoints', {
      source: { path: '/elsewhere.ts' },
      breakpoints: [{ line: 1 }],
    });
    expect(breakpoints).toEqual([{ verified: false, line: 1, message: 'No flow of "order" is written in this file.' }]);
  });

  test('replace those of their file, but no exit breakpoints', async () => {
    const { attach, session } = await openTestServer(order);
    const client = await attach();
    await client.ask('holon/setBreakpoints', { breakpoints: [{ node: 'load' }, { node: 'total', phase: 'exit' }] });
    await client.ask('setBreakpoints', lines(lineOf('total')));
    expect(session.breakpoints.map(({ node, phase }) => `${node} ${phase}`)).toEqual([
      'order/sums/total exit',
      'order/sums/total entry',
    ]);
    await client.ask('setBreakpoints', lines());
    expect(session.breakpoints.map(({ node, phase }) => `${node} ${phase}`)).toEqual(['order/sums/total exit']);
  });

  test('find the file by its URL, too', async () => {
    const client = await (await openTestServer(order)).attach();
    const { breakpoints } = await client.ask('setBreakpoints', {
      source: { path: import.meta.url },
      breakpoints: [{ line: lineOf('load') }],
    });
    expect(breakpoints).toEqual([{ verified: true, line: lineOf('load') }]);
  });
});
