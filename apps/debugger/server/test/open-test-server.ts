import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type DebugSession, openDebugSession } from '@holon/engine';
import { type AnyFlow, flow } from '@holon/flow';
import { onTestFinished } from 'vitest';
import { type DebugServer, type DebugServerOptions, openDebugServer } from '../index.ts';
import { TestClient } from './test-client.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestServer {
  readonly server: DebugServer;
  readonly session: DebugSession;
  readonly port: number;
  readonly origin: string;
  readonly token: string;
  /** Exchanges the token, once for all that follow. */
  cookie(): Promise<string>;
  /** A plain request; `Host` is as it should be unless given. */
  get(path: string, headers?: Record<string, string | string[]>, method?: string): Promise<Answer>;
  /** Writes bytes to the port and gives what comes back until the server ends the connection. */
  raw(bytes: string): Promise<string>;
  /** A client that has not said anything yet. */
  connect(): Promise<TestClient>;
  /** A client that has joined the session. */
  attach(): Promise<TestClient>;
}

/** A folder like the one that the build of the web app leaves; removed after the test. */
export function builtApp(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holon-web-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>app</title>');
  writeFileSync(join(folder, 'assets', 'index-DOoBO6Fh.js'), 'export {};');
  return folder;
}

/** A real server over a real session on a free port; both end with the test. */
export async function openTestServer(
  root: AnyFlow = flow('double', async (x: number) => x * 2),
  options: Partial<DebugServerOptions> = {},
): Promise<TestServer> {
  const session = options.session ?? openDebugSession(root);
  const server = await openDebugServer({ session, assets: builtApp(), ...options });
  onTestFinished(async () => {
    await server.close();
    await session.close();
  });
  const { port } = server;
  const origin = `http://127.0.0.1:${port}`;
  const token = new URL(server.url).searchParams.get('token')!;
  let cookie: Promise<string> | undefined;

  const get: TestServer['get'] = (path, headers = {}, method = 'GET') =>
    new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
        void text(response).then(
          (body) => resolve({ status: response.statusCode!, headers: response.headers, body }),
          reject,
        );
      });
      outgoing.on('error', reject).end();
    });
  const getCookie = () =>
    (cookie ??= get(`/?token=${token}`).then(({ headers }) => headers['set-cookie']![0]!.split(';')[0]!));
  const open = async () => TestClient.connect(port, { origin, cookie: await getCookie() });

  return {
    server,
    session,
    port,
    origin,
    token,
    cookie: getCookie,
    get,
    raw: (bytes) => text(connect(port, '127.0.0.1').end(bytes)),
    connect: open,
    attach: async () => (await open()).attach(),
  };
}
