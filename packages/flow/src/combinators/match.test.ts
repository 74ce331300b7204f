import { describe, expect, test } from 'vitest';
import { match } from './match.ts';

interface Order {
  readonly kind: 'book' | 'ebook' | 'gift';
  readonly count: number;
  readonly to?: { readonly city: string; readonly tags: readonly string[] };
}
const order = (kind: Order['kind'], count = 1, city?: string): Order => ({
  kind,
  count,
  ...(city !== undefined && { to: { city, tags: ['a', 'b'] } }),
});

describe('match', () => {
  const ship = match(
    'ship',
    [
      [{ kind: 'ebook' }, (_order: Order) => 'mail'],
      [{ kind: 'book', count: (n) => n > 100 }, async () => 'freight'],
      [{ to: { city: 'Rome', tags: ['a'] } }, () => 'Rome'],
      [(given) => given.count === 7, () => 'lucky'],
    ],
    ({ kind }) => `parcel of ${kind}`,
  );

  test('takes the first case that fits, by fields, functions and wholes; else otherwise', async () => {
    expect(ship(order('ebook'))).toBeInstanceOf(Promise);
    expect(await ship(order('ebook', 200))).toBe('mail');
    expect(await ship(order('book', 200, 'Rome'))).toBe('freight');
    expect(await ship(order('book', 2, 'Rome'))).toBe('Rome');
    expect(await ship(order('gift', 7))).toBe('lucky');
    expect(await ship(order('gift'))).toBe('parcel of gift');
  });

  test('tells values apart as Object.is does', async () => {
    const named = match([
      [null, (_value: unknown) => 'null'],
      [Number.NaN, () => 'NaN'],
      [0, () => 'zero'],
      [[1, (x: unknown) => x === 2], () => 'pair'],
      [{ length: 3 }, () => 'never: a text has no fields'],
    ]);
    expect([await named(null), await named(Number.NaN), await named(0), await named([1, 2, 3])]).toEqual([
      'null',
      'NaN',
      'zero',
      'pair',
    ]);
    await expect(named('abc')).rejects.toMatchObject({ code: 'no-match' });
    await expect(named({ 0: 1, 1: 2 })).rejects.toMatchObject({ code: 'no-match' });
    await expect(named(-0)).rejects.toMatchObject({ code: 'no-match' });
  });

  test('what fits no case fails, showing the value and the patterns', async () => {
    const isBig = (given: Order) => given.count > 10;
    const some = match('some', [
      [{ kind: 'book', count: (n) => n > 1 }, () => 1],
      [isBig, (_order: Order) => 2],
    ]);
    await expect(some(order('book'))).rejects.toMatchObject({
      code: 'no-match',
      message:
        'match "some": {"kind":"book","count":1} fits none of { kind: "book", count: … }, isBig, and there is no otherwise.',
    });
  });

  test('a function that gives a promise fits nothing: it would fit everything', async () => {
    const later = (async () => false) as never;
    await expect(match([[later, (_x: number) => 1]])(1)).rejects.toMatchObject({ code: 'invalid-flow' });
  });

  test('fails as a pattern’s function fails', async () => {
    const broken = (_x: number): boolean => {
      throw new Error('boom');
    };
    await expect(match([[broken, (_x: number) => 1]])(1)).rejects.toThrow('boom');
  });

  test('mistakes', () => {
    expect(() => match('m', [])).toThrow('match "m": [] is no list of cases: give [[pattern, flow], …], one or more.');
    expect(() => match([[1]] as never)).toThrow('match: [[1]] is no list of cases');
    expect(() => match({} as never)).toThrow('match: {} is no list of cases');
    expect(() => match([[1, 5]] as never)).toThrow('5 is neither a flow nor a function.');
  });
});
