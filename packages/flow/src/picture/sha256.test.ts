import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256, shortDigest } from './sha256.ts';

const byNode = (text: string) => createHash('sha256').update(text).digest('hex');

test('is what the standard gives for its own examples', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(shortDigest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223');
});

test.each([55, 56, 63, 64, 65, 119, 120, 100_000])('%d characters, around the ends of blocks', (length) => {
  expect(sha256('x'.repeat(length))).toBe(byNode('x'.repeat(length)));
});

const texts = fc.array(fc.constantFrom('a', '\u0000', 'ü', '日', '🔥', '\ud800')).map((chars) => chars.join(''));

test('any text', () => {
  fc.assert(fc.property(texts, (text) => sha256(text) === byNode(text)));
});
