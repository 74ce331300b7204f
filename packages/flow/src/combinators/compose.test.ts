import { expect, test } from 'vitest';
import { definitionOf } from '../definition.ts';
import { flow } from '../flow.ts';
import { compose } from './compose.ts';

const trim = flow('trim', (text: string) => text.trim());

test('compose is pipe by another name: the first step runs first', async () => {
  expect(compose(trim, (text) => text.length, String)('  ab ')).toBe('2');
  expect(await compose('named', trim, async (text) => text.length)(' a ')).toBe(1);
  expect(definitionOf(compose(trim, trim))?.kind).toBe('compose');
});

test('of none it gives what it is given, of one it is that flow', () => {
  expect(compose()(5)).toBe(5);
  expect(compose(trim)).toBe(trim);
});
