import { HolonError, isHolonError } from '@holon/flow';
import { expect, test } from 'vitest';
import { decodeError, encodeError } from './error-form.ts';

/** As far as it comes through when it is copied to another thread. */
const sent = (thrown: unknown): unknown => decodeError(structuredClone(encodeError(thrown)));

test("an error keeps what makes it one, its class where that is JavaScript's own", () => {
  const error = new RangeError('too far', { cause: new Error('why') });
  const copy = sent(error) as RangeError;
  expect(copy).toBeInstanceOf(RangeError);
  expect(copy).toMatchObject({ name: 'RangeError', message: 'too far', stack: error.stack, cause: { message: 'why' } });
  expect(Object.keys(copy)).toEqual([]);
});

test('a HolonError keeps its brand, code, path and details', () => {
  const copy = sent(new HolonError('timeout', 'late', { path: 'a/b', details: { ms: 5 } }));
  expect(isHolonError(copy, 'timeout')).toBe(true);
  expect(copy).toMatchObject({ message: 'late', path: 'a/b', details: { ms: 5 } });
});

test('of own properties those come along that can be copied', () => {
  const error = Object.assign(new Error('not found'), { status: 404, errno: -2, syscall: 'open', retry: () => 1 });
  const copy = sent(error);
  expect(copy).toMatchObject({ status: 404, errno: -2, syscall: 'open' });
  expect(copy).not.toHaveProperty('retry');
});

test('a chain of causes that never ends is cut', () => {
  const error = new Error('a');
  error.cause = error;
  let depth = 0;
  for (let at: unknown = sent(error); at instanceof Error; at = at.cause) depth += 1;
  expect(depth).toBeLessThan(20);
});

test.each([['text'], [5], [null], [undefined], [{ code: 1 }], [[1, 2]]])(
  '%o thrown as it is stays what it is',
  (thrown) => {
    expect(sent(thrown)).toEqual(thrown);
  },
);

test('what cannot be copied, or read, becomes a text', () => {
  expect(sent(() => 1)).toBe('[function]');
  expect(sent({ call: () => 1 })).toBe('{"call":[function call]}');
  const hostile = new Error('x');
  Object.defineProperty(hostile, 'message', {
    get() {
      throw new Error('no');
    },
  });
  expect(sent(hostile)).toBe('an error was thrown that can not be read');
});
