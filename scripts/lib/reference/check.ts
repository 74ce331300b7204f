import { inspect, isDeepStrictEqual } from 'node:util';

/** @throws where a value is not what the example's comment says */
export function $equal(value: unknown, said: unknown, expression: string): void {
  if (isDeepStrictEqual(value, said)) return;
  throw new Error(`${expression} is ${inspect(value)}, and not ${inspect(said)}.`);
}

/** @throws where a call does not fail as the example's comment says */
export async function $fails(call: () => unknown, said: string, expression: string): Promise<void> {
  let given: unknown;
  try {
    given = await call();
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message?: string };
    if (code === said || message?.includes(said) === true) return;
    throw new Error(`${expression} fails otherwise than ${said}.`, { cause: error });
  }
  throw new Error(`${expression} is ${inspect(given)}, and does not fail.`);
}
