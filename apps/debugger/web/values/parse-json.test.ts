import { expect, test } from 'vitest';
import { parseJson, problemText } from './parse-json.ts';

test('JSON is a value; an empty text is none', () => {
  expect(parseJson('{"a":[1,null]}')).toEqual({ ok: true, value: { a: [1, null] } });
  expect(parseJson(' \n')).toEqual({ ok: true, value: undefined });
});

test.each([
  ['{\n  "a": 1,\n  b: 2 }', 3, 3],
  ['{ "a": ', 1, 8],
  ['[1, 2', 1, 6],
  ['nope', 1, 2],
])('%j is refused with its place', (text, line, column) => {
  const parsed = parseJson(text);
  expect(parsed).toMatchObject({ ok: false, line, column });
  if (!parsed.ok) expect(problemText(parsed)).toMatch(new RegExp(`^Line ${line}, column ${column}: \\S`, 'u'));
});
