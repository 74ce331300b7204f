import { describe, expect, test } from 'vitest';
import { openTestServer } from './test/open-test-server.ts';

describe('the launch link', () => {
  test('is exchanged for a cookie that opens the app', async () => {
    const { get, token } = await openTestServer();
    const exchanged = await get(`/?token=${token}`);
    expect(exchanged.status).toBe(303);
    expect(exchanged.headers.location).toBe('/');
    expect(exchanged.headers['cache-control']).toBe('no-store');
    const [setCookie = ''] = exchanged.headers['set-cookie'] ?? [];
    expect(setCookie).toMatch(/^holon-debugger-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(setCookie).not.toContain(token);

    const app = await get('/', { cookie: setCookie.split(';')[0]! });
    expect(app).toMatchObject({ status: 200, body: expect.stringContaining('<title>app</title>') });
  });

  test('used again by the same browser leads to the app', async () => {
    const { get, token, cookie } = await openTestServer();
    expect(await get(`/?token=${token}`, { cookie: await cookie() })).toMatchObject({
      status: 303,
      headers: { location: '/' },
    });
  });

  test('used again by another browser says so, and gives no cookie', async () => {
    const { get, token, cookie } = await openTestServer();
    await cookie();
    const again = await get(`/?token=${token}`);
    expect(again).toMatchObject({ status: 403, body: expect.stringContaining('This link was used') });
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  test('is not used up by a HEAD, nor by a wrong token, nor by a request that is refused', async () => {
    const { get, token } = await openTestServer();
    expect(await get(`/?token=${token}`, {}, 'HEAD')).toMatchObject({ status: 204 });
    expect(await get(`/?token=${token}`, { host: 'evil.example' })).toMatchObject({ status: 403 });
    expect(await get('/?token=wrong')).toMatchObject({ status: 403, body: expect.stringContaining('does not fit') });
    expect(await get(`/?token=${token.slice(0, -1)}`)).toMatchObject({ status: 403 });
    expect(await get(`/?token=${token}`)).toMatchObject({ status: 303 });
  });

  test.each(['/assets/index-DOoBO6Fh.js', '/index.html'])('lets in at / alone, not at %s', async (path) => {
    const { get, token } = await openTestServer();
    expect(await get(`${path}?token=${token}`)).toMatchObject({ status: 401 });
  });

  test('is what a browser without a cookie is told to open', async () => {
    const { get } = await openTestServer();
    expect((await get('/')).body).toContain('Open the printed link first');
  });

  test.each(['', 'holon-debugger=x', 'holon-debugger-PORT=', 'holon-debugger-PORT=wrong'])(
    'another cookie (%s) opens nothing',
    async (cookie) => {
      const { get, port } = await openTestServer();
      expect(await get('/', { cookie: cookie.replace('PORT', String(port)) })).toMatchObject({ status: 401 });
    },
  );
});

describe('every answer', () => {
  test.each([
    ['the app', '/', true, 200],
    ['a missing file', '/nothing', true, 404],
    ['a refusal', '/', false, 401],
    ['a wrong link', '/?token=x', false, 403],
  ])('%s has the headers of a closed app', async (_, path, signedIn, status) => {
    const { get, cookie } = await openTestServer();
    const answer = await get(path, signedIn ? { cookie: await cookie() } : {});
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    const policy = Object.fromEntries(
      answer.headers['content-security-policy']!.toString()
        .split('; ')
        .map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
    );
    expect(policy).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'", "'wasm-unsafe-eval'"],
      'worker-src': ["'self'", 'blob:'],
      'style-src': ["'self'", "'unsafe-inline'"],
      'connect-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    });
  });
});

describe('files', () => {
  test('with a hash in their name are kept by the browser, others asked for again', async () => {
    const { get, cookie } = await openTestServer();
    const signedIn = { cookie: await cookie() };
    expect((await get('/assets/index-DOoBO6Fh.js', signedIn)).headers).toMatchObject({
      'cache-control': 'private, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
    });
    expect((await get('/', signedIn)).headers['cache-control']).toBe('no-cache');
  });

  test.each([
    '/../package.json',
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%5c..%5cpackage.json',
    '//etc/passwd',
    '/assets',
    '/assets/',
    '/%00',
    '/%',
    '/__proto__',
    '/constructor',
  ])('outside the app (%s) are not there', async (path) => {
    const { get, cookie } = await openTestServer();
    expect((await get(path, { cookie: await cookie() })).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('can only be read: %s', async (method) => {
    const { get, cookie } = await openTestServer();
    expect((await get('/', { cookie: await cookie() }, method)).status).toBe(405);
  });
});

describe('over the wire', () => {
  test.each([
    ['another host', (port: number) => `GET / HTTP/1.1\r\nHost: evil.example:${port}\r\n\r\n`, 403],
    ['no host', () => 'GET / HTTP/1.1\r\n\r\n', 400],
    ['no host, by the old protocol', () => 'GET / HTTP/1.0\r\n\r\n', 400],
    ['two hosts', (port: number) => `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\n\r\n`, 400],
    ['a host that is none', () => 'GET / HTTP/1.1\r\nHost: [::1\r\n\r\n', 400],
    [
      'a target that names another host',
      (port: number) => `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
      401,
    ],
    [
      'another origin',
      (port: number) => `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://evil.example\r\n\r\n`,
      403,
    ],
    ['no HTTP', () => 'hello\r\n\r\n', 400],
  ])('%s is refused', async (_, bytesOf, status) => {
    const { raw, port } = await openTestServer();
    const answer = await raw(bytesOf(port).replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });
});
