import { branch, combinator, describe, flow, loop, parallel, pipe, slot } from '@holon/flow';
import { expect, test } from 'vitest';
import { createEngine } from '../index.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { emptyRunState, fold } from './fold.ts';
import { decodeRunState } from './snapshot.ts';

const inc = flow('inc', (x: number) => x + 1);
const dec = flow('dec', (x: number) => x - 1);
const fail = flow('fail', (x: number): number => {
  throw new Error(`no ${x}`);
});

async function coverage(root: Parameters<typeof describe>[0], input: unknown): Promise<Coverage> {
  const run = createEngine().start(root, input);
  let state = emptyRunState();
  for await (const event of run.events()) {
    state = event.type === 'run.snapshot' ? decodeRunState(event.state) : fold(state, event);
  }
  return coverageOf(describe(root), state);
}

const ids = (nodes: readonly { readonly id: string }[]) => nodes.map(({ id }) => id);
const edges = (list: Coverage['taken']) => list.map(({ from, to }) => `${from} → ${to}`);

test('a case that was not taken is listed, with its ways in and out', async () => {
  const sign = branch('sign', (x: number) => (x < 0 ? 'minus' : 'plus'), { minus: inc, plus: dec });
  const { reached, unreached, taken, untaken, observed, undeclared } = await coverage(pipe('p', sign, inc), 5);
  expect(ids(reached)).toEqual(['p', 'p/sign', 'p/sign/:which', 'p/sign/plus', 'p/inc']);
  expect(ids(unreached)).toEqual(['p/sign/minus']);
  expect(edges(taken)).toEqual([
    ...['p → p/sign', 'p/sign → p/inc', 'p/inc → p'],
    ...['p/sign → p/sign/:which', 'p/sign/:which → p/sign/plus', 'p/sign/plus → p/sign'],
  ]);
  expect(edges(untaken)).toEqual(['p/sign/:which → p/sign/minus', 'p/sign/minus → p/sign']);
  expect([observed, undeclared]).toEqual([[], []]);
});

test('what comes after a failure was not reached', async () => {
  const both = parallel('both', { good: inc, bad: fail });
  const { unreached, untaken } = await coverage(
    pipe('p', both, ({ good }) => good),
    1,
  );
  expect(ids(unreached)).toEqual(['p/task']);
  expect(edges(untaken)).toEqual([
    'p/both → p/task',
    'p/task → p',
    'p/both/bad → p/both/:join',
    'p/both/:join → p/both',
  ]);
});

test('a loop that never goes round', async () => {
  const { unreached, untaken } = await coverage(loop('l', inc, { while: () => false }), 1);
  expect(ids(unreached)).toEqual(['l/inc']);
  expect(edges(untaken)).toEqual(['l/:again → l/inc', 'l/inc → l/:again']);
});

test('a decision about a failure', async () => {
  const slots = [slot(fail), slot(inc)] as const;
  const next = { id: 'next', shape: 'choice', label: 'failed?' } as const;
  const either = combinator({
    kind: 'either',
    picture: {
      slots,
      marks: [next],
      edges: [
        { from: 'in', to: slots[0] },
        { from: slots[0], to: next, label: 'failed' },
        { from: next, to: slots[1] },
        { from: slots[0], to: 'out' },
        { from: slots[1], to: 'out' },
      ],
    },
    run: (input, port) => {
      try {
        return port.call(slots[0], input);
      } catch {
        port.choose('next', true);
        return port.call(slots[1], input);
      }
    },
  });
  expect(edges((await coverage(either, 1)).untaken)).toEqual(['either/fail → either']);
});

test('what plain code calls is observed', async () => {
  const code = flow('code', async (x: number) => pipe('inner', inc, dec)(x));
  const { reached, observed, undeclared } = await coverage(code, 1);
  expect([ids(reached), ids(observed), undeclared]).toEqual([
    ['code'],
    ['code/inner', 'code/inner/inc', 'code/inner/dec'],
    [],
  ]);
});

test('the picture of another flow has not declared what ran', async () => {
  const { taken } = await coverage(pipe('p', inc, dec), 1);
  expect(taken).toHaveLength(3);
  const state = emptyRunState();
  for (const id of ['p', 'p/inc', 'p/dec']) state.counts.set(id, { opened: 1, succeeded: 1, failed: 0, canceled: 0 });
  expect(coverageOf(describe(pipe('p', inc)), state).undeclared).toEqual(['p/dec']);
  expect(coverageOf(describe(pipe('p', inc, dec)), state).undeclared).toEqual([]);
});
