import { randomUUID } from 'node:crypto';

/** Where the engine gets its chance from. Nothing else in it draws. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A new id, unlike any other. */
  id(): string;
}

/** The machine's chance. */
export const systemRandom: Random = {
  next: () => Math.random(),
  id: () => randomUUID(),
};

/** The same draws and ids for the same seed: mulberry32 (Tommy Ettinger, public domain). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    id: () =>
      `seeded-${Math.floor(next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0')}`,
  };
}
