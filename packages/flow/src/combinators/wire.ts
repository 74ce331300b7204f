import { report } from '../collecting.ts';
import { HolonError, textOf } from '../errors.ts';
import { isPromiseLike } from '../port.ts';

/** A value that will be there when the graph runs. Made by `g.input`, `g.add` and {@link Wire.map}. */
export class Wire<T> {
  /** @internal The graph it belongs to. */
  readonly owner: symbol;
  /** @internal Index of the node that gives it; −1 is the graph's input. */
  readonly node: number;
  /** @internal Applied in order to what the node gives. */
  readonly steps: readonly ((value: never) => unknown)[];
  /** Only for the type: a wire of one type is not a wire of another. */
  declare readonly type: T;

  /** @internal */
  constructor(owner: symbol, node: number, steps: readonly ((value: never) => unknown)[]) {
    this.owner = owner;
    this.node = node;
    this.steps = steps;
  }

  /**
   * The same wire seen through a function: for picking a part. It is no node, so it must not give a promise or another
   * wire; keep work in flows.
   */
  map<To>(pick: (value: T) => To): Wire<To> {
    if (typeof pick !== 'function') {
      report(new HolonError('invalid-graph', `map() of a wire takes a function; it was given ${textOf(pick)}.`));
      return this as never;
    }
    return new Wire<To>(this.owner, this.node, [...this.steps, pick]);
  }
}

/** A `T`, given by a wire, or by a record or tuple of wires. */
export type WireShape<T> = unknown extends T
  ? Wires
  : Wire<T> | (T extends object ? { readonly [K in keyof T]: WireShape<T[K]> } : never);

/** A wire, or a record or tuple of such. */
export type Wires = Wire<unknown> | readonly Wires[] | { readonly [key: string]: Wires };

/** What a wire, or a record or tuple of wires, gives. */
export type Wired<R> = Wires extends R
  ? unknown
  : R extends Wire<infer T>
    ? T
    : R extends object
      ? { -readonly [K in keyof R]: Wired<R[K]> }
      : never;

/** A shape of wires as it was written, checked. */
export type Source =
  | { readonly kind: 'wire'; readonly wire: Wire<unknown> }
  | { readonly kind: 'list'; readonly items: readonly Source[] }
  | { readonly kind: 'record'; readonly entries: readonly (readonly [string, Source])[] };

function isWire(value: unknown): value is Wire<unknown> {
  return value instanceof Wire;
}

/** Stands for a shape within itself. */
export const CYCLE: unique symbol = Symbol('cycle');

/** What stands where a wire should: a value, or {@link CYCLE}; and the keys that lead there. */
export interface Stranger {
  readonly value: unknown;
  readonly path: readonly string[];
}

/** A shape of wires, checked; whatever in it is no wire is given to `onStranger` and left out. */
export function shapeOf(value: unknown, onStranger: (stranger: Stranger) => void): Source {
  const within = (shape: unknown, around: readonly unknown[], path: readonly string[]): Source => {
    const inside = (inner: unknown, key: string | number) => within(inner, [...around, shape], [...path, `${key}`]);
    if (isWire(shape)) return { kind: 'wire', wire: shape };
    if (around.includes(shape)) onStranger({ value: CYCLE, path });
    else if (Array.isArray(shape)) return { kind: 'list', items: Array.from(shape, inside) };
    else if (isPlainRecord(shape))
      return {
        kind: 'record',
        entries: Object.entries(shape).map(([key, inner]) => [key, inside(inner, key)] as const),
      };
    else onStranger({ value: shape, path });
    return { kind: 'list', items: [] };
  };
  return within(value, [], []);
}

function isPlainRecord(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A wire, and where its value goes in what the whole source gives, as a JSON Pointer; empty where it is all of it. */
interface Filling {
  readonly wire: Wire<unknown>;
  readonly pointer: string;
}

export function fillingsOf(source: Source, pointer = ''): readonly Filling[] {
  switch (source.kind) {
    case 'wire':
      return [{ wire: source.wire, pointer }];
    case 'list':
      return source.items.flatMap((item, i) => fillingsOf(item, `${pointer}/${i}`));
    case 'record':
      return source.entries.flatMap(([key, inner]) => fillingsOf(inner, `${pointer}/${escapeKey(key)}`));
  }
}

/** As RFC 6901 says. */
function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function wiresIn(source: Source): readonly Wire<unknown>[] {
  switch (source.kind) {
    case 'wire':
      return [source.wire];
    case 'list':
      return source.items.flatMap(wiresIn);
    case 'record':
      return source.entries.flatMap(([, inner]) => wiresIn(inner));
  }
}

export function readSource(source: Source, valueOf: (wire: Wire<unknown>) => unknown): unknown {
  switch (source.kind) {
    case 'wire':
      return source.wire.steps.reduce<unknown>((value, step) => picked(step(value as never)), valueOf(source.wire));
    case 'list':
      return source.items.map((item) => readSource(item, valueOf));
    case 'record':
      return Object.fromEntries(source.entries.map(([key, inner]) => [key, readSource(inner, valueOf)]));
  }
}

/** @throws HolonError `invalid-graph` for what `map` of a wire must not give */
function picked(value: unknown): unknown {
  if (isPromiseLike(value)) {
    value.then(undefined, () => undefined);
    throw new HolonError(
      'invalid-graph',
      'map() of a wire gave a promise: what takes time is a node, added with g.add.',
    );
  }
  if (isWire(value))
    throw new HolonError('invalid-graph', 'map() of a wire gave another wire: give both to the node that needs them.');
  return value;
}
