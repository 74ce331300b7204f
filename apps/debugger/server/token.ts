import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Of the launch token and of the cookie: too many to be guessed. */
const SECRET_BYTES = 32;

/** `used`: it was the right one, once. */
export type Exchange = 'granted' | 'used' | 'wrong';

/**
 * The way in: a token that stands in the printed link and is good for one exchange, and the cookie it
 * is exchanged for, which is good as long as the server lives. The link may end up in a history, a log
 * or a chat; the cookie stays in the one browser.
 */
export class LaunchPass {
  readonly token: string = secret();
  readonly #cookie: string = secret();
  readonly #cookieName: string;
  #exchanged = false;

  /** @param port part of the cookie's name: browsers share cookies between the ports of one host */
  constructor(port: number) {
    this.#cookieName = `holon-debugger-${port}`;
  }

  exchange(given: string): Exchange {
    if (!equal(given, this.token)) return 'wrong';
    if (this.#exchanged) return 'used';
    this.#exchanged = true;
    return 'granted';
  }

  /** The value of the `Set-Cookie` header. Not `Secure`: loopback speaks plain HTTP. */
  get setCookie(): string {
    return `${this.#cookieName}=${this.#cookie}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether a `Cookie` header holds the cookie. */
  isCookieIn(header: string | undefined): boolean {
    if (header === undefined) return false;
    return header.split(';').some((part) => {
      const [name, value] = part.trim().split('=', 2);
      return name === this.#cookieName && value !== undefined && equal(value, this.#cookie);
    });
  }
}

function secret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** In the same time wherever they differ, their lengths included. */
function equal(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
