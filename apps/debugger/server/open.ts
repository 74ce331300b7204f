import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HolonError } from '@holon/flow';
import { visualizeFlow } from '@holon/viz';
import { getRequestListener } from '@hono/node-server';
import type { GraphBody } from '../protocol/index.ts';
import { readAssets } from './assets.ts';
import { Connection } from './connection.ts';
import { createHttpApp } from './http.ts';
import { type DebugServerOptions, type ResolvedOptions, resolveServerOptions } from './options.ts';
import { Room } from './room.ts';
import { LaunchPass } from './token.ts';
import { createUpgrade } from './upgrade.ts';

/** A debug server that listens. */
export interface DebugServer {
  /** The link to open. Its token lets in one browser, once. */
  readonly url: string;
  readonly port: number;
  /** Tells the clients, ends their connections, and lets go of the port. The session stays open. */
  close(): Promise<void>;
}

/** WebSocket status "going away". */
const GOING_AWAY = 1001;

/**
 * Serves the debugger's web app for a session, on this machine only, and speaks the debugger's protocol
 * with it.
 *
 * @throws HolonError (as rejection) `invalid-option`: a host that is not loopback, a port in use, no built web app
 */
export async function openDebugServer(options: DebugServerOptions): Promise<DebugServer> {
  const resolved = resolveServerOptions(options);
  const { session, clock, graceMs } = resolved;
  const assets = readAssets(resolved.assets);
  const server = createServer();
  const { port } = await listen(server, resolved);
  const pass = new LaunchPass(port);
  const room = new Room({ session, clock, graceMs, graph: () => graphOf(resolved) });
  const connections = new Set<Connection>();

  const app = createHttpApp({ assets, pass, port });
  server.on('request', getRequestListener(app.fetch));
  server.on(
    'upgrade',
    createUpgrade({
      pass,
      port,
      onSocket: (socket) => {
        const connection = new Connection(socket, room, clock);
        connections.add(connection);
        socket.on('close', () => connections.delete(connection));
      },
    }),
  );

  let closing: Promise<void> | undefined;
  return {
    url: `http://${resolved.host.includes(':') ? `[${resolved.host}]` : resolved.host}:${port}/?token=${pass.token}`,
    port,
    close: () =>
      (closing ??= new Promise((resolve) => {
        room.close();
        for (const connection of connections) connection.end(GOING_AWAY, 'the debugger ends');
        server.close(() => resolve());
        server.closeAllConnections();
      })),
  };
}

function graphOf({ session, input, file }: ResolvedOptions): GraphBody {
  return {
    picture: session.picture,
    dot: visualizeFlow(session.flow, { format: 'dot' }),
    mermaid: visualizeFlow(session.flow, { format: 'mermaid' }),
    input,
    file,
  };
}

function listen(server: Server, { host, port }: ResolvedOptions): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(listenError(error, host, port));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve(server.address() as AddressInfo);
    });
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const free = 'Choose another, or leave it out to get a free one.';
  switch (error.code) {
    case 'EADDRINUSE':
      return new HolonError('invalid-option', `port: ${port} on ${host} is in use by another program. ${free}`, {
        cause: error,
      });
    case 'EACCES':
      return new HolonError('invalid-option', `port: ${port} on ${host} may not be opened by this user. ${free}`, {
        cause: error,
      });
    default:
      return new HolonError('invalid-option', `The debugger can't listen on ${host}:${port}: ${error.message}`, {
        cause: error,
      });
  }
}
