import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { RateLimit, isDeeperThan } from './frame-limits.ts';
import { unsafeKeyIn } from './unsafe-key.ts';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe('nesting', () => {
  test.prop([fc.jsonValue({ maxDepth: 6 }), fc.nat({ max: 8 })])(
    'is counted as it is, whatever strings hold',
    (value, max) => {
      expect(isDeeperThan(max, JSON.stringify(value))).toBe(depthOf(value) > max);
    },
  );

  test.prop([fc.string()])('is none in a string of brackets and quotes', (text) => {
    expect(isDeeperThan(0, JSON.stringify(`[{"\\${text}"}]`))).toBe(false);
  });
});

describe('a rate', () => {
  test.prop([fc.array(fc.nat({ max: 300 }), { maxLength: 400 }), fc.integer({ min: 1, max: 50 })])(
    'is never exceeded beyond one burst',
    (pauses, perSecond) => {
      const limit = new RateLimit(perSecond, 0);
      let now = 0;
      let taken = 0;
      for (const pause of pauses) {
        now += pause;
        if (limit.take(now)) taken += 1;
        expect(taken).toBeLessThanOrEqual(perSecond + (now / 1_000) * perSecond + 1e-6);
      }
    },
  );

  test.prop([fc.integer({ min: 1, max: 50 })])('is granted to who keeps to it', (perSecond) => {
    const limit = new RateLimit(perSecond, 0);
    for (let i = 0; i < 500; i++) expect(limit.take((i * 1_000) / perSecond)).toBe(true);
  });
});

describe('a key that reaches a prototype', () => {
  const nested = fc.letrec<{ path: string[] }>(() => ({
    path: fc.array(fc.constantFrom('a', 'b', '0'), { maxLength: 5 }),
  })).path;

  test.prop([nested, fc.jsonValue()])('is found wherever it stands', (path, value) => {
    const end = JSON.parse(`{"__proto__":${JSON.stringify(value)}}`) as unknown;
    const wrapped = path.reduceRight<unknown>((inner, key) => (key === '0' ? [inner] : { [key]: inner }), end);
    expect(unsafeKeyIn(wrapped)).toBe([...path, '__proto__'].join('.'));
  });

  test.prop([fc.jsonValue({ noUnicodeString: false })])('is not seen where there is none', (value) => {
    fc.pre(!JSON.stringify(value).includes('__proto__') && !JSON.stringify(value).includes('prototype'));
    expect(unsafeKeyIn(value)).toBeUndefined();
  });

  test.each([
    [{ constructor: { prototype: {} } }, 'constructor'],
    [{ constructor: 'Ferrari' }, undefined],
    [{ prototype: 1 }, undefined],
    ['__proto__', undefined],
  ])('%j', (value, expected) => {
    expect(unsafeKeyIn(value)).toBe(expected);
  });
});
