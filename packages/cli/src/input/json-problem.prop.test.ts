import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonProblem } from './json-problem.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Texts near the border: JSON with one character removed, added or replaced. */
const nearJson = fc
  .tuple(
    fc.json({ maxDepth: 3 }),
    fc.nat(),
    fc.constantFrom('', ',', '"', '}', ']', '{', '[', ':', '0', '.', 'e', '-', '\\', '\n', "'", 'n', ' '),
    fc.nat(1),
  )
  .map(([text, at, char, removed]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + char + text.slice(place + removed);
  });

test('finds a problem exactly where JSON.parse refuses', () => {
  fc.assert(
    fc.property(fc.oneof(nearJson, fc.json(), fc.string()), (text) => {
      expect(findJsonProblem(text) === undefined).toBe(isJson(text));
    }),
    { numRuns: 1_000 },
  );
});

test('line and column are those of the place', () => {
  fc.assert(
    fc.property(nearJson, (text) => {
      const problem = findJsonProblem(text);
      if (problem === undefined) return;
      expect(problem.at).toBeLessThanOrEqual(text.length);
      const before = text.slice(0, problem.at).split('\n');
      expect([problem.line, problem.column]).toEqual([before.length, before.at(-1)!.length + 1]);
    }),
  );
});

test('no depth overflows it', () => {
  expect(findJsonProblem('['.repeat(1e6))?.message).toBe('the end of the text; expected a value');
});

test.each([
  ['{"a": 1,}', 'a "," before "}"; JSON has no trailing commas', 8],
  ["{'a': 1}", 'a key in single quotes; JSON has double quotes only', 2],
  ['{"a" 1}', '"1"; expected ":" after the key', 6],
  ['[1 2]', '"2"; expected "," or "]"', 4],
  ['{"a": undefined}', 'undefined, which JSON does not have; use null', 7],
  ['{"a": yes}', 'the word yes without quotes; a text is written "yes"', 7],
  ['"abc', 'a text that is never closed; a double quote is missing', 1],
  ['"\\x"', '"\\x" is no escape; a backslash itself is written \\\\', 2],
  ['[01]', '"1" in a number; JSON has plain decimal numbers only', 3],
  ['1 // one', '"/" after the end of the value', 3],
  ['// one', 'a comment; JSON has none', 1],
  ['', 'the end of the text; expected a value', 1],
])('%s', (text, message, column) => {
  expect(findJsonProblem(text)).toMatchObject({ message, column });
});
