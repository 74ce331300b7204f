import { HolonError, textOf } from '../errors.ts';
import { type Flow, type FlowOf, combinator, slot } from '../flow.ts';
import { checkKnown } from '../check-known.ts';
import { FLOW_OPTIONS, type FlowOptions } from '../options.ts';
import type { Port } from '../port.ts';
import { DONE, iterate } from './iterate.ts';
import { checkNamed } from './named.ts';

/** What {@link loop} takes beside its body. */
export interface LoopOptions<T> extends FlowOptions {
  /** Goes round while this holds; asked before each iteration, with the number of iterations done. */
  readonly while?: ((value: T, done: number) => boolean) | undefined;
  /** Goes round until this holds; asked after each iteration, with the number of iterations done. */
  readonly until?: ((value: T, done: number) => boolean) | undefined;
  /** The most iterations, 1 or more. Needed when there is neither `while` nor `until`. @default 10,000 */
  readonly max?: number | undefined;
  /** What reaching `max` comes to while more are wanted. @default 'error': it fails with `loop-limit` */
  readonly onMax?: 'error' | 'return' | undefined;
}

const DEFAULT_MAX = 10_000;

/**
 * A body run again and again, each time on what it gave the last time. Synchronous while its body is.
 *
 * @throws HolonError `loop-limit`, when it runs, after `max` iterations while more are wanted
 *
 * @example
 * const halve = flow('halve', (x: number) => x / 2);
 * const shrink = loop('shrink', halve, { while: (x) => x > 1, max: 10 });
 * shrink(12); // 0.75
 * shrink(1e9); // throws loop-limit
 */
export function loop<T, Out extends T | Promise<T>>(
  name: string,
  body: (value: T) => Out,
  options: LoopOptions<T>,
): Flow<T, Out>;
export function loop(name: string, body: unknown, options: LoopOptions<never>): FlowOf<[never], unknown> {
  checkNamed('loop', name, 'loop(name, body, options)');
  checkKnown(options, ['while', 'until', 'max', 'onMax', ...FLOW_OPTIONS], `loop "${name}"`);
  const { while: wanted, until, max = DEFAULT_MAX, onMax = 'error', ...flowOptions } = options as LoopOptions<unknown>;
  if (!(Number.isInteger(max) && max >= 1)) {
    throw new HolonError('invalid-option', `loop "${name}": max: ${textOf(max)} is not a whole number from 1.`);
  }
  if (onMax !== 'error' && onMax !== 'return') {
    throw new HolonError('invalid-option', `loop "${name}": onMax: ${textOf(onMax)} is neither "error" nor "return".`);
  }
  const endless = wanted === undefined && until === undefined;
  if (endless && options.max === undefined) {
    throw new HolonError('invalid-option', `loop "${name}" would never end: give while, until or max.`);
  }
  const round = slot(body, { many: true });
  const again = { id: 'again', shape: 'choice', label: labelOf(wanted, until, max) } as const;

  /** Whether to go round again after `done` iterations; pure but for the author's own predicates. */
  const wants = (value: unknown, done: number): boolean => {
    if (endless) return done < max;
    if (until !== undefined && done > 0 && until(value, done)) return false;
    return wanted === undefined || wanted(value, done);
  };
  const goesOn = (value: unknown, done: number, port: Port): boolean => {
    const wish = wants(value, done);
    const capped = wish && done >= max && onMax === 'return' ? false : wish;
    const chosen = port.choose('again', capped, done);
    if (chosen && done >= max) {
      throw new HolonError(
        'loop-limit',
        `loop "${name}" wanted more than its ${max} iterations. Raise max, or set onMax: 'return'. Last value: ${textOf(value)}`,
      );
    }
    return chosen;
  };
  return combinator({
    kind: 'loop',
    name,
    options: flowOptions,
    picture: {
      slots: [round],
      marks: [again],
      edges: [
        { from: 'in', to: again },
        { from: again, to: round, label: 'again', when: true },
        { from: round, to: again, back: true },
        { from: again, to: 'out', label: 'done', when: false },
      ],
    },
    run: (input, port) =>
      iterate(input, (value, done) => (goesOn(value, done, port) ? port.call(round, value, done) : DONE)),
  });
}

type Predicate = LoopOptions<unknown>['while'];

/** `until isGood` where the predicate has a name of its own. */
function labelOf(wanted: Predicate, until: Predicate, max: number): string {
  if (wanted !== undefined) return wanted.name === 'while' || wanted.name === '' ? 'while' : `while ${wanted.name}`;
  if (until !== undefined) return until.name === 'until' || until.name === '' ? 'until' : `until ${until.name}`;
  return max === 1 ? 'once' : `${max} times`;
}
