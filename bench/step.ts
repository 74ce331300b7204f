/** A body: what it gives from what it is given. */
export type Body = (x: number, ...more: number[]) => Promise<number>;

export type SyncBody = (x: number, ...more: number[]) => number;

/** What bodies do unless a row says otherwise. */
export const step = async (x: number): Promise<number> => x + 1;
export const syncStep = (x: number): number => x + 1;

/** 0 … count − 1. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
