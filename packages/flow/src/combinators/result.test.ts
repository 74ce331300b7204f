import { expect, test } from 'vitest';
import { HolonError } from '../errors.ts';
import { pipe } from './pipe.ts';
import { type Fallible, result } from './result.ts';

const boom = new Error('boom');
const inverse = (x: number) => {
  if (x === 0) throw boom;
  return 1 / x;
};

test('result takes a value in, and gives one or what was thrown; always a promise', async () => {
  expect(result(inverse)({ ok: true, value: 2 })).toBeInstanceOf(Promise);
  expect(await result(inverse)({ ok: true, value: 2 })).toEqual({ ok: true, value: 0.5 });
  expect(await result('later', async (x: number) => inverse(x))({ ok: true, value: 0 })).toEqual({
    ok: false,
    error: boom,
  });
  const odd = result((): never => {
    // oxlint-disable-next-line typescript/only-throw-error -- anything can be thrown
    throw 'text';
  });
  expect(await odd({ ok: true, value: undefined })).toEqual({ ok: false, error: 'text' });
});

test('an error passes by, the same object', async () => {
  const given: Fallible<number> = { ok: false, error: boom };
  expect(await pipe(result(inverse), result(inverse))(given)).toBe(given);
});

test('being canceled is no result', async () => {
  const canceled = new HolonError('canceled', 'canceled');
  await expect(result(() => Promise.reject(canceled))({ ok: true, value: undefined })).rejects.toBe(canceled);
});

test.each([[5], [null], [{}], [{ ok: 'yes', value: 1 }]])('%j is neither', async (given) => {
  await expect(result('r', inverse)(given as never)).rejects.toMatchObject({
    code: 'invalid-input',
    message: `result "r" takes { ok: true, value } or { ok: false, error }; it was given ${JSON.stringify(given)}.`,
  });
});
