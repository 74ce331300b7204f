import { describe, expect, test } from 'vitest';
import type { StepKind } from '../events/index.ts';
import { type PauseFacts, type Placement, type Relation, decidePause, relationOf } from './pause.ts';

const passing: PauseFacts = {
  phase: 'entry',
  breakpoint: false,
  paused: undefined,
  step: undefined,
  isRootComposite: false,
};
const announced = (announce: 'pause' | 'start' | undefined) => ({ reason: 'because', announce });

describe('decidePause', () => {
  test.each<[string, Partial<PauseFacts>, string]>([
    ['nothing', {}, 'pass'],
    ['a breakpoint', { breakpoint: true }, 'breakpoint'],
    ['a breakpoint at the exit', { breakpoint: true, phase: 'exit' }, 'breakpoint'],
    ['a breakpoint while paused', { breakpoint: true, paused: announced(undefined) }, 'breakpoint'],
    ['a breakpoint inside a step', { breakpoint: true, step: { kind: 'over', relation: 'inside' } }, 'breakpoint'],
    ['a breakpoint on the root composite', { breakpoint: true, isRootComposite: true }, 'breakpoint'],
    ['an exit while paused', { phase: 'exit', paused: announced('pause') }, 'pass'],
    ['an exit that a step would stop at', { phase: 'exit', step: { kind: 'over', relation: 'beside' } }, 'pass'],
    ['the first after a pause', { paused: announced('pause') }, 'pause'],
    ['the first of a run started paused', { paused: announced('start') }, 'start'],
    ['the root composite of a run started paused', { paused: announced('start'), isRootComposite: true }, 'pass'],
    ['the root composite after a pause', { paused: announced('pause'), isRootComposite: true }, 'pass'],
    ['any other while paused', { paused: announced(undefined) }, 'suspended'],
  ])('%s: %3$s', (_name, facts, expected) => {
    const decision = decidePause({ ...passing, ...facts });
    expect(decision.kind === 'pass' ? 'pass' : decision.why).toBe(expected);
    expect(decision.reason).not.toBe('');
  });

  const relations: readonly Relation[] = ['inside', 'beside', 'above', 'below', 'elsewhere'];
  test.each<[StepKind, readonly string[]]>([
    // inside, beside, above, below, elsewhere
    ['over', ['pass', 'step', 'step', 'suspended', 'suspended']],
    ['into', ['step', 'step', 'step', 'suspended', 'suspended']],
    ['out', ['pass', 'pass', 'step', 'pass', 'suspended']],
  ])('step %s', (kind, expected) => {
    const decisions = relations.map((relation) =>
      decidePause({ ...passing, paused: announced(undefined), step: { kind, relation } }),
    );
    expect(decisions.map((decision) => (decision.kind === 'pass' ? 'pass' : decision.why))).toEqual(expected);
  });
});

describe('relationOf', () => {
  /** Branch 1 unless said otherwise, all the way up. */
  const at = (path: string, branches: readonly number[] = []): Placement => {
    const parts = path.split('/');
    const above = parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'));
    const all = [path, ...above].map((_, index) => branches[index] ?? 1);
    return { path, above, branch: all[0]!, branches: all };
  };
  test.each<[string, Placement, Placement, Relation]>([
    ['a child', at('p/q/r'), at('p/q'), 'inside'],
    ['a child’s child of another branch', at('p/q/r/s', [7]), at('p/q'), 'inside'],
    ['its own next attempt', at('p/a'), at('p/a'), 'inside'],
    ['the next sibling', at('p/b'), at('p/a'), 'beside'],
    ['a sibling of another branch', at('p/b', [2]), at('p/a'), 'below'],
    ['the caller’s next sibling', at('p/z'), at('p/q/a'), 'above'],
    ['two levels further out', at('z/y'), at('z/q/r/a'), 'above'],
    ['something further out of another branch', at('p/z', [2]), at('p/q/a'), 'elsewhere'],
    ['something further out that the branch has come back to', at('p/z', [1]), at('p/q/a', [2, 1]), 'above'],
    ['a child of a sibling', at('p/b/c', [2, 2]), at('p/a'), 'below'],
    ['something in another composite', at('p/other/b', [3, 3]), at('p/q/a', [1, 1]), 'elsewhere'],
    ['anything, from the root', at('p/a'), at('p'), 'inside'],
  ])('%s', (_name, arriving, from, expected) => {
    expect(relationOf(arriving, from)).toBe(expected);
  });
});
