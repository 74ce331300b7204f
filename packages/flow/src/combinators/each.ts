import { checkKnown } from '../check-known.ts';
import { HolonError, textOf } from '../errors.ts';
import { DEFINITION } from '../brand.ts';
import { type AnyFlow, type Flow, type InputTo, combinator, slot } from '../flow.ts';
import { FLOW_OPTIONS, type FlowOptions } from '../options.ts';
import { parseLimit } from '../policies/scheduling.ts';
import type { Port } from '../port.ts';
import { oneInput } from './input.ts';
import { takeName } from './named.ts';
import { Pump } from './pump.ts';

/** What items are pulled from: an array, a `Set`, a generator, a stream, … Not a text, though that has characters. */
export type Source<Item> = Iterable<Item> | AsyncIterable<Item>;

/** What becomes of results, one by one and in order. */
export interface Collector<Item, Result> {
  /** Made for each run. */
  readonly start: () => Result;
  /** The result with one item more; it may be changed in place. The next is not given before it is there. */
  readonly add: (result: Result, item: Item, index: number) => Result | Promise<Result>;
}

/** What {@link each} takes beside its flow. */
export interface EachOptions<Out, Result = number> extends FlowOptions {
  /** What becomes of the results, such as {@link toArray}. @default they are counted, and not kept */
  readonly into?: Collector<Out, Result> | undefined;
  /** Ends it early, after the result for which this holds. */
  readonly until?: ((item: Out, index: number) => boolean) | undefined;
  /** How many items are under way at once, those that are done and wait for earlier ones included. 1 or more. @default 16 */
  readonly concurrency?: number | undefined;
}

/** Where items come from, when not from the input itself. */
export interface EachFrom<From> {
  /** A function or flow that gives the source: part of the picture, called anew by each attempt. @default the input is the source */
  readonly from: From;
}

/** What gives a source. */
export type SourceOf<Item> = (...args: never[]) => Source<Item> | Promise<Source<Item>>;

const DEFAULT_CONCURRENCY = 16;

/**
 * Every item of a source through `child`, lazily: the next is pulled when there is room for it, so that a source of any
 * length takes the memory of a few items. Results are taken in the items' order. Always a promise. From the source to
 * what becomes of the results it is one step: no stream leaves it.
 *
 * When an item fails, no further one is pulled, those open are aborted and awaited, the source is closed, then it fails
 * the same way; ended early by `until`, it does the same and gives what there is. A source is closed by its
 * `return()`: the `finally` of a generator is run. It runs outside of any limit on concurrency.
 *
 * @throws HolonError `invalid-option` naming the option and the value; when it runs, `invalid-input` for what nothing can be
 *   pulled from, and what the source, the flow or `into` throws
 *
 * @example
 * async function* pages(count: number) {
 *   for (let page = 1; page <= count; page++) yield `page ${page}`;
 * }
 * const crawl = each(async (page: string) => page.toUpperCase(), { from: pages, into: toArray(), concurrency: 8 });
 * await crawl(2); // ['PAGE 1', 'PAGE 2']
 * await each((x: number) => x)(new Set([1, 2, 3])); // 3
 */
export function each<Item, Out, From extends SourceOf<Item>, Result = number>(
  child: (item: Item) => Out,
  options: EachOptions<Awaited<Out>, Result> & EachFrom<From>,
): Flow<InputTo<From, Parameters<From>>, Promise<Result>, Parameters<From>>;
export function each<Item, Out, From extends SourceOf<Item>, Result = number>(
  name: string,
  child: (item: Item) => Out,
  options: EachOptions<Awaited<Out>, Result> & EachFrom<From>,
): Flow<InputTo<From, Parameters<From>>, Promise<Result>, Parameters<From>>;
export function each<Item, Out, Result = number>(
  name: string,
  child: (item: Item) => Out,
  options?: EachOptions<Awaited<Out>, Result>,
): Flow<Source<Item>, Promise<Result>>;
export function each<Item, Out, Result = number>(
  child: (item: Item) => Out,
  options?: EachOptions<Awaited<Out>, Result>,
): Flow<Source<Item>, Promise<Result>>;
export function each(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('each', given);
  const options = (rest[1] ?? {}) as EachOptions<never, unknown> & Partial<EachFrom<unknown>>;
  checkKnown(options, ['from', 'into', 'until', 'concurrency', ...FLOW_OPTIONS], where);
  const { from, into, until, concurrency, ...flowOptions } = options;
  const window = parseLimit(concurrency ?? DEFAULT_CONCURRENCY, `${where}: concurrency`);
  const collector = (into ?? COUNTED) as Collector<unknown, unknown>;
  if (typeof collector?.start !== 'function' || typeof collector.add !== 'function')
    throw new HolonError('invalid-option', `${where}: into: ${textOf(into)} is no { start, add }, such as toArray().`);
  if (until !== undefined && typeof until !== 'function')
    throw new HolonError('invalid-option', `${where}: until: ${textOf(until)} is not a function.`);
  const source = from === undefined ? undefined : slot(from);
  const item = slot(rest[0], { many: true });
  const enough = { id: 'enough', shape: 'choice', label: until?.name || 'enough?' } as const;
  const isEnough = (result: unknown, index: number, port: Port): boolean =>
    until !== undefined &&
    port.choose('enough', Boolean((until as (item: unknown, index: number) => unknown)(result, index)), index);
  const pulled = { to: item, label: `each as it comes, up to ${window} at once` };
  return combinator({
    kind: 'each',
    name,
    alwaysPromise: true,
    options: flowOptions,
    arity: source === undefined ? 1 : source.flow[DEFINITION].arity,
    picture: {
      slots: source === undefined ? [item] : [source, item],
      marks: until === undefined ? [] : [enough],
      edges: [
        ...(source === undefined
          ? [{ from: 'in' as const, ...pulled }]
          : [
              { from: 'in' as const, to: source },
              { from: source, ...pulled },
            ]),
        ...(until === undefined
          ? [{ from: item, to: 'out' as const }]
          : [
              { from: item, to: enough },
              { from: enough, to: item, label: 'go on', when: false, back: true as const },
              { from: enough, to: 'out' as const, label: 'enough', when: true },
            ]),
      ],
    },
    run: async (input, port) => {
      const items = source === undefined ? oneInput(input) : await port.call(source, input);
      const pump = new Pump({
        items: sourceOf(items, where),
        window,
        collector,
        start: (value, index, scope) => scope.call(item, value, index),
        isEnough,
      });
      return pump.run(port);
    },
  });
}

/**
 * All results in an array, in the items' order: for {@link EachOptions.into}.
 *
 * @example
 * const lengths = each((text: string) => text.length, { into: toArray() });
 * await lengths(['a', 'bcd']); // [1, 3]
 */
export function toArray<Item>(): Collector<Item, Item[]> {
  return {
    start: () => [],
    add: (list, item) => {
      list.push(item);
      return list;
    },
  };
}

const COUNTED: Collector<unknown, number> = { start: () => 0, add: (count) => count + 1 };

/** @throws HolonError `invalid-input` when nothing can be pulled from it */
function sourceOf(value: unknown, where: string): Source<unknown> {
  if (typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value))
    return value as Source<unknown>;
  throw new HolonError(
    'invalid-input',
    `${where} pulls its items from an iterable or async iterable, such as an array or what an async generator gives; it was given ${textOf(value)}.`,
  );
}
