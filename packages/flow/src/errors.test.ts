import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { ERROR_BRAND } from './brand.ts';
import { HolonError, assertNever, isHolonError, toWireError } from './errors.ts';

describe('HolonError', () => {
  test('is an Error with a code, a path, details and a real cause', () => {
    const cause = new Error('disk full');
    const error = new HolonError('timeout', 'too slow', { cause, path: 'a/b', details: { ms: 5 } });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'HolonError',
      code: 'timeout',
      path: 'a/b',
      details: { ms: 5 },
      message: 'too slow',
    });
    expect(error.cause).toBe(cause);
  });

  test('has no cause unless one was given, and undefined can be given', () => {
    expect('cause' in new HolonError('internal', 'x')).toBe(false);
    expect('cause' in new HolonError('internal', 'x', { cause: undefined })).toBe(true);
  });

  test('prints its code and what was given, and nothing else', () => {
    const printed = (error: HolonError) =>
      inspect(error)
        .split('\n')
        .filter((line) => !/^ {4}at /.test(line));
    expect(printed(new HolonError('timeout', 'too slow'))).toEqual(['HolonError: too slow', "  code: 'timeout'", '}']);
    const full = printed(new HolonError('timeout', 'too slow', { path: 'a/b', details: { ms: 5 } }));
    expect(full).toEqual(['HolonError: too slow', "  code: 'timeout',", "  path: 'a/b',", '  details: { ms: 5 }', '}']);
  });

  test('is recognised by its brand, not by its class', () => {
    const fromAnotherCopy = Object.assign(new Error('x'), { code: 'timeout', [Symbol.for('holon.error.v1')]: true });
    expect(isHolonError(fromAnotherCopy)).toBe(true);
    expect(isHolonError(fromAnotherCopy, 'timeout')).toBe(true);
    expect(isHolonError(fromAnotherCopy, 'canceled')).toBe(false);
    expect(ERROR_BRAND).toBe(Symbol.for('holon.error.v1'));
    for (const other of [new Error('x'), { code: 'timeout' }, null, undefined, 'timeout'])
      expect(isHolonError(other)).toBe(false);
  });
});

describe('toWireError', () => {
  test('keeps name, message, code, path, stack and the causes', () => {
    const cause = Object.assign(new TypeError('no such file'), { code: 'ENOENT' });
    const wire = toWireError(new HolonError('internal', 'broken', { cause, path: 'a' }));
    expect(wire).toMatchObject({ name: 'HolonError', message: 'broken', code: 'internal', path: 'a' });
    expect(wire.cause).toMatchObject({ name: 'TypeError', message: 'no such file', code: 'ENOENT' });
    expect(wire.stack).toContain('errors.test.ts');
    expect(JSON.parse(JSON.stringify(wire))).toEqual(wire);
  });

  test.each<[unknown, string]>([
    ['text', 'a non-Error was thrown: "text"'],
    [undefined, 'a non-Error was thrown: undefined'],
    [null, 'a non-Error was thrown: null'],
    [{ code: 7 }, 'a non-Error was thrown: {"code":7}'],
    [Symbol('s'), 'a non-Error was thrown: Symbol(s)'],
  ])('names a thrown non-Error: %s', (thrown, message) => {
    expect(toWireError(thrown)).toEqual({ name: 'NonError', message });
  });

  test('follows eight causes and no cycle further', () => {
    const error = new Error('again');
    error.cause = error;
    let depth = 0;
    for (let wire = toWireError(error); wire.cause !== undefined; wire = wire.cause) depth += 1;
    expect(depth).toBe(8);
  });

  test('cuts long stacks', () => {
    const error = new Error('x');
    error.stack = 's'.repeat(100_000);
    expect(toWireError(error).stack).toHaveLength(8_000);
  });

  test('knows the errors of another realm', () => {
    expect(toWireError(runInNewContext('new RangeError("far away")'))).toMatchObject({
      name: 'RangeError',
      message: 'far away',
    });
  });

  test('never throws, whatever was thrown', () => {
    const hostile = new Error('x');
    Object.defineProperty(hostile, 'message', {
      get() {
        throw new Error('gotcha');
      },
    });
    expect(toWireError(hostile)).toEqual({
      name: 'UnreadableError',
      message: 'an error was thrown that can not be read',
    });
    expect(toWireError(new Error('outer', { cause: hostile })).cause).toMatchObject({ name: 'UnreadableError' });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(toWireError(proxy).message).toEqual(expect.any(String));
  });
});

test('assertNever is our bug, and says so', () => {
  expect(() => assertNever('odd' as never)).toThrow(/unexpected "odd": please report/);
});
