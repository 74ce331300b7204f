import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDebugSession } from '@holon/engine';
import { flow, isHolonError } from '@holon/flow';
import { expect, onTestFinished, test } from 'vitest';
import { type DebugServerOptions, openDebugServer } from './index.ts';
import { ManualClock } from './test/manual-clock.ts';
import { builtApp, openTestServer } from './test/open-test-server.ts';

const root = flow('double', async (x: number) => x * 2);

async function failure(options: Partial<DebugServerOptions>): Promise<string> {
  const session = openDebugSession(root);
  onTestFinished(() => session.close());
  const error: unknown = await openDebugServer({ session, assets: builtApp(), ...options }).then(
    (server) => server.close(),
    (thrown: unknown) => thrown,
  );
  if (!isHolonError(error, 'invalid-option')) throw new Error('it was opened', { cause: error });
  return error.message;
}

test('a port in use is named, and what to do', async () => {
  const { port } = await openTestServer();
  expect(await failure({ port })).toBe(
    `port: ${port} on 127.0.0.1 is in use by another program. Choose another, or leave it out to get a free one.`,
  );
});

test.each(['0.0.0.0', '::', '192.168.0.1', 'example.com', ''])(
  'a host that others could reach (%s) is refused',
  async (host) => {
    expect(await failure({ host })).toContain(`host: "${host}" could be reached from other machines`);
  },
);

test.each([{ port: -1 }, { port: 65_536 }, { port: 1.5 }, { graceMs: -1 }, { graceMs: Number.NaN }])(
  '%o is refused',
  async (options) => {
    expect(await failure(options)).toMatch(/^(?:port|graceMs): .* is not a whole number from 0 to \d+\.$/);
  },
);

test('a folder without a built app is refused', async () => {
  const assets = mkdtempSync(join(tmpdir(), 'holon-empty-'));
  expect(await failure({ assets })).toBe(
    `assets: there is no built web app in ${assets}. Build it with "npm run build".`,
  );
  expect(await failure({ assets: join(assets, 'missing') })).toContain('there is no built web app');
});

test('the graph is given as picture, DOT and Mermaid, with what it was opened with', async () => {
  const { attach, session } = await openTestServer(root, { input: '21', file: 'double.ts' });
  const graph = await (await attach()).ask('holon/graph');
  expect(graph).toMatchObject({ input: '21', file: 'double.ts', picture: JSON.parse(JSON.stringify(session.picture)) });
  expect(graph.dot).toContain('digraph');
  expect(graph.mermaid).toContain('flowchart');
});

test('closing tells the clients, lets go of the port, and leaves the session open', async () => {
  const { server, session, attach, port } = await openTestServer(root);
  const client = await attach();
  const closed = once(client.socket, 'close');
  await Promise.all([server.close(), server.close()]);
  expect((await closed)[0]).toBe(1001);
  expect(client.events('terminated')).toHaveLength(1);
  const again = await openDebugServer({ session, port, assets: builtApp() });
  await again.close();
  await expect(session.start(2).run.outcome).resolves.toEqual({ status: 'succeeded', value: 4 });
});

test('closing does not wait for a client that does not answer', async () => {
  const clock = new ManualClock();
  const { server, attach } = await openTestServer(root, { clock });
  const client = await attach();
  client.socket.pause();
  const closed = server.close();
  clock.advance(1_000);
  await closed;
  client.socket.terminate();
});

const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

test.skipIf(!hasIPv6)('it can listen on the loopback address of IPv6', async () => {
  const session = openDebugSession(root);
  const server = await openDebugServer({ session, host: '::1', assets: builtApp() });
  onTestFinished(async () => {
    await server.close();
    await session.close();
  });
  expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+\/\?token=[\w-]+$/);
  expect((await fetch(server.url, { redirect: 'manual' })).status).toBe(303);
});
