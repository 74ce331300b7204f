import { expect, test } from 'vitest';
import { plainJson, shownLines } from './shown-text.ts';

test('an override of the direction is seen, not obeyed', () => {
  expect(shownLines('a\u202eb\nc')).toBe('a⟨202E⟩b\nc');
});

test('JSON to be edited says the same without it', () => {
  const json = JSON.stringify({ 'k\u2066': 'שלום\u202e' });
  expect(plainJson(json)).toBe(String.raw`{"k\u2066":"שלום\u202e"}`);
  expect(JSON.parse(plainJson(json))).toEqual(JSON.parse(json));
});
