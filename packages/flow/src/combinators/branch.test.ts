import { describe, expect, test } from 'vitest';
import { branch } from './branch.ts';

interface Order {
  readonly kind: string;
  readonly count: number;
}

const order = (kind: string): Order => ({ kind, count: 2 });

describe('branch', () => {
  const ship = branch('ship', (given: Order) => given.kind, {
    book: (given) => `parcel of ${given.count}`,
    ebook: (given) => given.count,
  });

  test('takes the case that is chosen; synchronous while its cases are', () => {
    expect(ship(order('book'))).toBe('parcel of 2');
    expect(ship(order('ebook'))).toBe(2);
  });

  test('a key that is no case fails, naming the cases and the input', () => {
    expect(() => ship(order('vinyl'))).toThrow(
      expect.objectContaining({
        code: 'no-match',
        message:
          'branch "ship": "vinyl" is none of its cases (book, ebook), and there is no otherwise. Input: {"kind":"vinyl","count":2}',
      }),
    );
    expect(() => ship(order('constructor'))).toThrow(expect.objectContaining({ code: 'no-match' }));
  });

  test('or takes otherwise', () => {
    const cases = { book: () => 'post', other: () => 'ask' };
    expect(branch('ship', (given: Order) => given.kind, cases, { otherwise: 'other' })(order('vinyl'))).toBe('ask');
  });

  test('chooses by booleans and numbers, too', () => {
    const big = branch('big', (x: number) => x > 10, { true: () => 'big', false: () => 'small' });
    expect([big(1), big(11)]).toEqual(['small', 'big']);
    expect(branch('stars', (x: number) => x, { 1: () => 'bad', 5: () => 'good' })(5)).toBe('good');
  });

  test('is always a promise when a case is known to give one', async () => {
    const mixed = branch('mixed', (x: number) => x > 10, { true: async () => 'big', false: () => 'small' });
    expect(mixed(1)).toBeInstanceOf(Promise);
    expect([await mixed(1), await mixed(11)]).toEqual(['small', 'big']);
  });

  test('mistakes', () => {
    expect(() => branch('none', () => 'a', {})).toThrow('branch "none" has no cases.');
    expect(() => branch('b', () => 'a', { a: () => 1 }, { otherwise: 'c' as never })).toThrow(
      'branch "b": otherwise: "c" is none of its cases (a).',
    );
    expect(() => branch('b', () => 'a', { a: () => 1 }, { otherwize: 'a' } as never)).toThrow(
      'Did you mean "otherwise"?',
    );
  });
});

test('without its name it says how it is called', () => {
  expect(() => branch(((x: number) => x) as never, {} as never, {} as never)).toThrow(
    'branch has its name first: branch(name, choose, cases).',
  );
});
