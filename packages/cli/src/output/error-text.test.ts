import { HolonError } from '@holon/flow';
import { expect, test } from 'vitest';
import { causesOf, errorText } from './error-text.ts';

const throwing = (): never => {
  throw new Error('trap');
};

test.each<[string, unknown, string]>([
  ['an error', new RangeError('too far'), 'RangeError: too far'],
  ['one with a code', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 'Error [ECONNREFUSED]: refused'],
  ['one whose message has its code', Object.assign(new Error('EIO: x'), { code: 'EIO' }), 'Error: EIO: x'],
  ['one of ours', new HolonError('timeout', 'took too long'), 'HolonError [timeout]: took too long'],
  ['one without a message', new Error(), 'Error: (without a message)'],
  ['several', new AggregateError([new TypeError('a'), 'b'], 'all'), 'AggregateError: all\n- TypeError: a\n- "b"'],
  ['a text', 'no', 'a non-Error was thrown: "no"'],
  ['undefined', undefined, 'a non-Error was thrown: undefined'],
  ['parts of other types', Object.assign(new Error('x'), { name: 5, message: [1] }), '5: 1'],
])('%s', (_, thrown, text) => {
  expect(errorText(thrown)).toBe(text);
});

test.each<[string, unknown]>([
  ['a proxy', new Proxy(new Error('x'), { get: throwing })],
  ['a proxy without a prototype', new Proxy({}, { get: throwing, getPrototypeOf: throwing, ownKeys: throwing })],
  ['a getter', Object.defineProperty(new Error('x'), 'message', { get: throwing })],
  ['a getter of the cause', Object.defineProperty(new Error('x'), 'cause', { get: throwing })],
  ['a getter of the errors', Object.defineProperty(new AggregateError([]), 'errors', { get: throwing })],
  ['errors that are no list', Object.assign(new AggregateError([]), { errors: 7 })],
])('what can not be read is no failure of ours: %s', (_, thrown) => {
  expect(errorText(thrown)).not.toBe('');
  expect(causesOf(thrown)).toHaveLength(1);
});

test('causes come outermost first, undefined as what was thrown counts, and a cycle ends', () => {
  const inner = new Error('inner', { cause: 'root' });
  const outer = new Error('outer', { cause: inner });
  expect(causesOf(outer)).toEqual([outer, inner, 'root']);
  expect(causesOf(undefined)).toEqual([undefined]);
  inner.cause = outer;
  expect(causesOf(outer)).toEqual([outer, inner]);
});
