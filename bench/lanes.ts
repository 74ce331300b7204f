import type { Body } from './step.ts';

/** What many people write by hand: `atOnce` loops that take the next item until none is left. */
export async function lanes(items: readonly number[], atOnce: number, body: Body): Promise<number[]> {
  const results = new Array<number>(items.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await body(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}

export function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
