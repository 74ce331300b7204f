import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { MAX_RECEIVED_BYTES } from './frame-limits.ts';
import { decideAccess } from './guard.ts';
import { factsOf } from './http.ts';
import type { LaunchPass } from './token.ts';

const WEB_SOCKET_PATH = '/ws';

/** More than anyone has windows; each costs memory. */
const MAX_CLIENTS = 64;

export interface UpgradeOptions {
  readonly pass: LaunchPass;
  readonly port: number;
  readonly onSocket: (socket: WebSocket) => void;
}

/** Answers requests for a WebSocket: refuses them, or hands the socket on. */
export function createUpgrade({
  pass,
  port,
  onSocket,
}: UpgradeOptions): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: MAX_RECEIVED_BYTES,
    perMessageDeflate: false,
  });
  return (request, socket, head) => {
    // A peer that goes away in the middle of it is no error of ours.
    socket.on('error', () => socket.destroy());
    const access = decideAccess({ ...factsOf(request, pass, port), upgrade: true, launching: false });
    if (access.kind === 'refuse') refuse(socket, access.status, access.reason);
    else if (request.url !== WEB_SOCKET_PATH) refuse(socket, 404, `The WebSocket is at ${WEB_SOCKET_PATH}.`);
    else if (server.clients.size >= MAX_CLIENTS) refuse(socket, 503, `There are ${MAX_CLIENTS} clients already.`);
    else server.handleUpgrade(request, socket, head, onSocket);
  };
}

function refuse(socket: Duplex, status: number, reason: string): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
      'Connection: close\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n' +
      `Content-Length: ${Buffer.byteLength(reason)}\r\n\r\n${reason}`,
  );
}
