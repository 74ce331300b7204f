import { WebSocket } from 'ws';
import { describe, expect, test } from 'vitest';
import { openTestServer } from './test/open-test-server.ts';

/** The status that a WebSocket is refused with, or 101. */
function upgrade(port: number, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on('open', () => {
      resolve(101);
      socket.close();
    });
    socket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode!);
      request.destroy();
    });
    socket.on('error', reject);
  });
}

describe('a WebSocket', () => {
  test('opens with the cookie, from our own page', async () => {
    const { port, origin, cookie } = await openTestServer();
    expect(await upgrade(port, '/ws', { origin, cookie: await cookie() })).toBe(101);
  });

  test.each([
    ['without a cookie', '/ws', {}, 401],
    ['with a wrong cookie', '/ws', { cookie: 'holon-debugger=x' }, 401],
    ['with the token in its place', '/ws?token=TOKEN', {}, 401],
    ['of another page', '/ws', { origin: 'https://example.com' }, 403],
    ['of a sandboxed page', '/ws', { origin: 'null' }, 403],
    ['under another name', '/ws', { host: 'debugger.example' }, 403],
    ['at another path', '/', { cookie: 'COOKIE' }, 404],
    ['at a path beside it', '/ws/', { cookie: 'COOKIE' }, 404],
  ])('%s is refused', async (_, path, headers: Record<string, string>, status) => {
    const { port, origin, cookie, token } = await openTestServer();
    const given = {
      origin,
      ...headers,
      ...('cookie' in headers && { cookie: headers.cookie.replace('COOKIE', await cookie()) }),
    };
    expect(await upgrade(port, path.replace('TOKEN', token), given)).toBe(status);
  });

  test('without an origin is refused, cookie or not', async () => {
    const { raw, port, cookie } = await openTestServer();
    const answer = await raw(
      `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${await cookie()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('is refused when there are too many already, until one leaves', async () => {
    const { port, origin, cookie, connect } = await openTestServer();
    const headers = { origin, cookie: await cookie() };
    const [first] = await Promise.all(Array.from({ length: 64 }, connect));
    expect(await upgrade(port, '/ws', headers)).toBe(503);
    await first!.leave();
    await expect.poll(() => upgrade(port, '/ws', headers)).toBe(101);
  });
});
