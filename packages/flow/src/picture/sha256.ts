/** How much of a digest is kept: 128 bits, enough never to meet the same twice, short enough to be read. */
const SHORT_CHARS = 32;

/** The first 128 bits of {@link sha256}. */
export function shortDigest(text: string): string {
  return sha256(text).slice(0, SHORT_CHARS);
}

/**
 * SHA-256 (FIPS 180-4) of a text's UTF-8 form, in hexadecimal. Synchronous and without a dependency, which
 * `crypto.subtle` and `node:crypto` are not in a browser; the same text gives the same digest everywhere.
 */
export function sha256(text: string): string {
  const { rounds, start } = (constants ??= makeConstants());
  const blocks = padded(new TextEncoder().encode(text));
  const state = start.slice();
  const w = new Int32Array(64);
  for (let at = 0; at < blocks.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = blocks.getInt32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const near = w[i - 2]!;
      const far = w[i - 15]!;
      const first = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3);
      const second = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10);
      w[i] = first + w[i - 7]! + second + w[i - 16]!;
    }
    takeIn(state, w, rounds);
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** One block's 64 rounds. */
function takeIn(state: Int32Array, w: Int32Array, rounds: Int32Array): void {
  const [s0, s1, s2, s3, s4, s5, s6, s7] = state as unknown as Words;
  let [a, b, c, d, e, f, g, h]: Words = [s0, s1, s2, s3, s4, s5, s6, s7];
  for (let i = 0; i < 64; i++) {
    const mixed = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + rounds[i]! + w[i]!) | 0;
    const major = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + mixed) | 0;
    d = c;
    c = b;
    b = a;
    a = (mixed + major) | 0;
  }
  state.set([s0 + a, s1 + b, s2 + c, s3 + d, s4 + e, s5 + f, s6 + g, s7 + h]);
}

type Words = [number, number, number, number, number, number, number, number];

let constants: { readonly rounds: Int32Array; readonly start: Int32Array } | undefined;

/** The first 32 bits behind the point of the cube roots and the square roots of the first primes. */
function makeConstants(): { readonly rounds: Int32Array; readonly start: Int32Array } {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const fraction = (root: number): number => (root % 1) * 2 ** 32;
  return {
    rounds: Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)) | 0),
    start: Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)) | 0),
  };
}

/** The bytes, a one bit, zeros, and the number of bits in the last 64: a whole number of blocks of 64 bytes. */
function padded(bytes: Uint8Array): DataView {
  const blocks = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64);
  blocks.set(bytes);
  blocks[bytes.length] = 0x80;
  const view = new DataView(blocks.buffer);
  view.setUint32(view.byteLength - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(view.byteLength - 4, (bytes.length << 3) >>> 0);
  return view;
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
