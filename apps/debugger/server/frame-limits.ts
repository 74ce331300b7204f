/** A larger frame is refused with a reply. */
export const MAX_FRAME_BYTES = 1_000_000;
/** A frame of this size ends the connection while it is still being received. */
export const MAX_RECEIVED_BYTES: number = 4 * MAX_FRAME_BYTES;
/** Nesting of arrays and objects in a frame. */
export const MAX_FRAME_DEPTH = 100;
/** Requests of one client, in a burst and each second after it. */
export const MAX_REQUESTS_PER_SECOND = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Whether JSON text nests deeper than `max`. One pass, no memory; text that isn't JSON gets some answer. */
export function isDeeperThan(max: number, text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === QUOTE) inString = !inString;
    else if (inString) i += char === BACKSLASH ? 1 : 0;
    else if (OPENING.has(char)) {
      depth += 1;
      if (depth > max) return true;
    } else if (CLOSING.has(char)) depth -= 1;
  }
  return false;
}

/** A bucket of `perSecond` tokens that fills at that rate: who takes them slower never finds it empty. */
export class RateLimit {
  readonly #perSecond: number;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
    this.#filledAt = now;
  }

  /** Takes a token; false when there is none. `now` in milliseconds. */
  take(now: number): boolean {
    const elapsedMs = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(this.#perSecond, this.#tokens + (elapsedMs / 1_000) * this.#perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
