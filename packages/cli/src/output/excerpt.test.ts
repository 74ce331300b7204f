import { expect, test } from 'vitest';
import { renderExcerpt } from './excerpt.ts';
import { colorsFor } from './style.ts';

const plain = colorsFor({ isTTY: false });
const render = (text: string, line: number, column?: number, length?: number): string[] =>
  renderExcerpt({ name: 'x', text, line, column, length }, plain).split('\n');

test('two lines before, one after, the caret below the place', () => {
  expect(render('a\nb\nc\ndefg\nh\ni\n', 4, 2, 3)).toEqual([
    'x:4:2',
    '  2 │ b',
    '  3 │ c',
    '❯ 4 │ defg',
    '    │  ^^^',
    '  5 │ h',
  ]);
});

test('without a column the line is meant; at the edges there are fewer lines around it', () => {
  expect(render('a\n', 1)).toEqual(['x:1', '❯ 1 │ a']);
  expect(render('a\nb', 2)).toEqual(['x:2', '  1 │ a', '❯ 2 │ b']);
});

test('the caret stands below its character behind tabs and in a long line, too', () => {
  const below = (text: string, column: number): string | undefined => {
    const [, shown, caret] = render(text, 1, column);
    return shown![caret!.indexOf('^')];
  };
  expect(below('\t\tX', 3)).toBe('X');
  for (const at of [0, 50, 69, 70, 71, 100, 399]) {
    const text = `${'.'.repeat(at)}X${'.'.repeat(400 - at)}`;
    expect(below(text, at + 1), `column ${at + 1}`).toBe('X');
  }
});

test('what is cut of a long line is shown to be cut', () => {
  const [, shown] = render('.'.repeat(400), 1, 200);
  expect(shown).toMatch(/^❯ 1 │ …\.{100}…$/u);
});
