/** What the guard looks at: nothing of a request but this decides whether it is let in. */
export interface RequestFacts {
  readonly method: string;
  /** Every `Host` header, as sent. */
  readonly host: readonly string[];
  /** Every `Origin` header, as sent. */
  readonly origin: readonly string[];
  /** The port that the server listens on. */
  readonly port: number;
  /** Whether it asks for a WebSocket. */
  readonly upgrade: boolean;
  /** Whether it brings the session's cookie. */
  readonly signedIn: boolean;
  /** Whether it opens the launch link, which is how the cookie is got; the token is judged elsewhere. */
  readonly launching: boolean;
}

export type Access =
  | { readonly kind: 'allow' }
  /** `reason` is for people. */
  | { readonly kind: 'refuse'; readonly status: 400 | 401 | 403 | 405; readonly reason: string };

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
const DEFAULT_HTTP_PORT = 80;

/**
 * Whether a request is let in. A page of another site can make a browser send requests here, under a
 * name of its own that it points at this machine (DNS rebinding): `Host` and `Origin` tell, so both
 * are compared as texts with the few that are ours, and anything else, however it may be meant, is not.
 */
export function decideAccess(facts: RequestFacts): Access {
  const [host, ...furtherHosts] = facts.host;
  if (host === undefined || furtherHosts.length > 0) return refuse(400, 'The request must name its host exactly once.');
  if (!isOurs(host, facts.port)) return refuse(403, 'This server answers to 127.0.0.1, localhost and [::1] only.');

  const [origin, ...furtherOrigins] = facts.origin;
  if (furtherOrigins.length > 0) return refuse(400, 'The request has several origins.');
  if (origin === undefined && facts.upgrade) return refuse(403, 'A WebSocket must name the origin it is opened from.');
  if (origin !== undefined && origin !== `http://${host}`) return refuse(403, 'Requests of other sites are refused.');

  if (facts.method !== 'GET' && (facts.method !== 'HEAD' || facts.upgrade))
    return refuse(405, 'Only GET and HEAD are answered.');
  if (!facts.signedIn && (!facts.launching || facts.upgrade)) {
    return refuse(401, 'The cookie is missing that the printed link is exchanged for.');
  }
  return { kind: 'allow' };
}

function isOurs(host: string, port: number): boolean {
  return LOOPBACK_NAMES.some((name) => host === `${name}:${port}` || (port === DEFAULT_HTTP_PORT && host === name));
}

function refuse(status: 400 | 401 | 403 | 405, reason: string): Access {
  return { kind: 'refuse', status, reason };
}
