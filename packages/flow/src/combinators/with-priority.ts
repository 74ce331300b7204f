import { DEFINITION } from '../brand.ts';
import { type AnyFlow, type Flow, type InputTo, combinator, slot } from '../flow.ts';
import type { Priority } from '../policies/priority.ts';
import { takeName } from './named.ts';
import type { AnyFunction } from './wrapped.ts';

/** A flow around `F` that takes and gives what `F` does, a promise where `F` gives one. */
type Same<F extends AnyFunction> = Flow<InputTo<F, Parameters<F>>, ReturnType<F>, Parameters<F>>;

/**
 * A flow that is as urgent as said, with all that is beneath it, where an engine's scheduler goes by priority. Synchronous
 * when its child is. Called directly nothing waits, so nothing goes first.
 *
 * @throws HolonError `invalid-option` for what is no priority; when it runs, what the flow throws
 *
 * @example
 * const answer = withPriority(async (question: string) => `${question}: 42`, 'high');
 * await answer('six by seven'); // 'six by seven: 42'
 */
export function withPriority<F extends AnyFunction>(child: F, priority: Priority): Same<F>;
export function withPriority<F extends AnyFunction>(name: string, child: F, priority: Priority): Same<F>;
export function withPriority(...given: unknown[]): AnyFlow {
  const { name, rest } = takeName('withPriority', given);
  const child = slot(rest[0]);
  return combinator({
    kind: 'with-priority',
    name,
    arity: child.flow[DEFINITION].arity,
    picture: {
      slots: [child],
      marks: [],
      edges: [
        { from: 'in', to: child },
        { from: child, to: 'out' },
      ],
    },
    options: { priority: rest[1] as Priority },
    run: (input, port) => port.call(child, input),
  });
}
