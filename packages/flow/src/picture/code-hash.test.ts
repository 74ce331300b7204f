import { runInThisContext } from 'node:vm';
import { expect, test } from 'vitest';
import { pipe } from '../combinators/pipe.ts';
import { flow } from '../flow.ts';
import { codeHash } from './code-hash.ts';
import { describe } from './describe.ts';

// Made from text: what a loader makes of this file is not what is tested.
const fromText = (text: string) => runInThisContext(`(${text})`) as (x: number) => number;

test('is a digest of the function’s own text', () => {
  expect(codeHash(fromText('(x) => x + 1'))).toBe('a14ce64a26f34d94a5e9b5114eba7fc9');
  expect(codeHash(fromText('(x) => x + 1'))).toBe(codeHash(fromText('(x) => x + 1')));
  expect(codeHash(fromText('(x) => x + 2'))).not.toBe(codeHash(fromText('(x) => x + 1')));
});

test('is not known of what has no text', () => {
  expect(codeHash(fromText('(x) => x').bind(undefined))).toBeUndefined();
  expect(codeHash(Math.abs)).toBeUndefined();
  expect(codeHash(fromText('() => "{ [native code] }"'))).toBeDefined();
});

test('stands with tasks, a copy by `with` too, and with nothing else', () => {
  const step = flow('step', fromText('(x) => x + 1'));
  const { nodes } = describe(pipe('p', step, step.with({ timeout: 5 }), Math.abs));
  const digest = codeHash(fromText('(x) => x + 1'));
  expect(nodes.map((node) => node.codeHash)).toEqual([undefined, digest, digest, undefined]);
});
