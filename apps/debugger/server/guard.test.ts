import { describe, expect, test } from 'vitest';
import { type RequestFacts, decideAccess } from './guard.ts';

const PORT = 4321;
const ours: RequestFacts = {
  method: 'GET',
  host: [`127.0.0.1:${PORT}`],
  origin: [],
  port: PORT,
  upgrade: false,
  signedIn: true,
  launching: false,
};
const upgrade = { upgrade: true, origin: [`http://127.0.0.1:${PORT}`] };

const allowed: Record<string, Partial<RequestFacts>> = {
  'by address': {},
  'by name': { host: [`localhost:${PORT}`] },
  'by IPv6 address': { host: [`[::1]:${PORT}`] },
  'its own origin': { origin: [`http://127.0.0.1:${PORT}`] },
  'its own origin, IPv6': { host: [`[::1]:${PORT}`], origin: [`http://[::1]:${PORT}`] },
  HEAD: { method: 'HEAD' },
  'the launch link, without a cookie': { signedIn: false, launching: true },
  'an upgrade': upgrade,
  'the default port left out': { port: 80, host: ['localhost'] },
};

const refused: Record<string, readonly [Partial<RequestFacts>, status: number]> = {
  'no host': [{ host: [] }, 400],
  'two hosts': [{ host: [`127.0.0.1:${PORT}`, `127.0.0.1:${PORT}`] }, 400],
  'an empty host': [{ host: [''] }, 403],
  'a name that an attacker points here': [{ host: [`debugger.example:${PORT}`] }, 403],
  'a name that only begins like ours': [{ host: [`127.0.0.1.example:${PORT}`] }, 403],
  'a name that ends like ours': [{ host: [`evil.localhost:${PORT}`] }, 403],
  'a host with a user': [{ host: [`x@127.0.0.1:${PORT}`] }, 403],
  'a trailing dot': [{ host: [`localhost.:${PORT}`] }, 403],
  'another spelling of the address': [{ host: [`2130706433:${PORT}`] }, 403],
  'all addresses': [{ host: [`0.0.0.0:${PORT}`] }, 403],
  'IPv6 without brackets': [{ host: [`::1:${PORT}`] }, 403],
  'IPv4 within IPv6': [{ host: [`[::ffff:127.0.0.1]:${PORT}`] }, 403],
  'a broken IPv6 address': [{ host: [`[::1:${PORT}`] }, 403],
  'another port': [{ host: ['127.0.0.1:1'] }, 403],
  'the port left out': [{ host: ['127.0.0.1'] }, 403],
  'a port twice': [{ host: [`127.0.0.1:${PORT}:${PORT}`] }, 403],
  'a space after the host': [{ host: [`127.0.0.1:${PORT} `] }, 403],
  'an origin of another site': [{ origin: ['https://example.com'] }, 403],
  'an origin on another port of this machine': [{ origin: ['http://127.0.0.1:5173'] }, 403],
  'an origin of another spelling than the host': [{ origin: [`http://localhost:${PORT}`] }, 403],
  'an origin over TLS': [{ origin: [`https://127.0.0.1:${PORT}`] }, 403],
  'the origin null': [{ origin: ['null'] }, 403],
  'an empty origin': [{ origin: [''] }, 403],
  'an origin with a path': [{ origin: [`http://127.0.0.1:${PORT}/`] }, 403],
  'two origins': [{ origin: [`http://127.0.0.1:${PORT}`, 'http://evil.example'] }, 400],
  'an upgrade without origin': [{ ...upgrade, origin: [] }, 403],
  'an upgrade from another site': [{ ...upgrade, origin: ['https://example.com'] }, 403],
  'an upgrade without cookie': [{ ...upgrade, signedIn: false }, 401],
  'an upgrade by the launch link': [{ ...upgrade, signedIn: false, launching: true }, 401],
  'an upgrade by HEAD': [{ ...upgrade, method: 'HEAD' }, 405],
  POST: [{ method: 'POST' }, 405],
  'OPTIONS, as before a request across sites': [{ method: 'OPTIONS' }, 405],
  'no cookie': [{ signedIn: false }, 401],
  'no cookie and a wrong host: the host is what counts': [{ signedIn: false, host: ['evil.example'] }, 403],
};

describe('who is let in', () => {
  test.each(Object.entries(allowed))('%s', (_, facts) => {
    expect(decideAccess({ ...ours, ...facts })).toEqual({ kind: 'allow' });
  });
});

describe('who is refused', () => {
  test.each(Object.entries(refused))('%s', (_, [facts, status]) => {
    expect(decideAccess({ ...ours, ...facts })).toMatchObject({ kind: 'refuse', status });
  });
});
