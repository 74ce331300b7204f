import { FULL_LIMITS, type ValueView, viewOf } from './events/index.ts';

/** A value as it was when it was put in. */
export interface KeptValue {
  readonly view: ValueView;
  /** Where JSON says it exactly; else undefined. */
  readonly json: string | undefined;
  /** Counts the values put in under this key, from 1. */
  readonly revision: number;
}

/** @default for a run under a debugger: 64 MB, counted as characters of JSON */
const MAX_CHARS = 64 * 1024 * 1024;
/** JSON longer than this is not kept: such a value is looked at, not edited. */
const MAX_JSON_CHARS = 1024 * 1024;
/** What a view costs without JSON to measure it by. */
const UNMEASURED_CHARS = 16 * 1024;

/**
 * Inputs and outputs of a run's instances, for looking at. Bounded: the oldest make way, and that they
 * did is said when they are asked for.
 */
export class ValueTable {
  readonly #values = new Map<string, Kept>();
  #chars = 0;
  /** How many have made way. */
  dropped = 0;

  put(path: string, side: 'input' | 'output', value: unknown): void {
    const key = `${side} ${path}`;
    const before = this.#values.get(key);
    if (before !== undefined) this.#remove(key, before.chars);
    const kept = keep(value, (before?.revision ?? 0) + 1);
    this.#values.set(key, kept);
    this.#chars += kept.chars;
    if (this.#chars > MAX_CHARS) this.#makeRoom(key);
  }

  /** More than is needed just now: a walk from the start of a Map passes all that have been deleted. */
  #makeRoom(newest: string): void {
    for (const [oldest, kept] of this.#values) {
      if (this.#chars <= MAX_CHARS * 0.9 || oldest === newest) break;
      this.#remove(oldest, kept.chars);
      this.dropped += 1;
    }
  }

  get(path: string, side: 'input' | 'output'): KeptValue | undefined {
    return this.#values.get(`${side} ${path}`);
  }

  #remove(key: string, chars: number): void {
    this.#values.delete(key);
    this.#chars -= chars;
  }
}

type Kept = KeptValue & { readonly chars: number };

/** What can't change is looked at when it is asked for: most runs under a debugger are never asked. */
class KeptPrimitive implements Kept {
  readonly #value: unknown;
  readonly revision: number;
  readonly chars: number;

  constructor(value: unknown, revision: number) {
    this.#value = value;
    this.revision = revision;
    this.chars = typeof value === 'string' ? value.length : 8;
  }

  get view(): ValueView {
    return viewOf(this.#value, FULL_LIMITS);
  }

  get json(): string | undefined {
    return exactJson(this.#value);
  }
}

function keep(value: unknown, revision: number): Kept {
  if (typeof value !== 'object' && typeof value !== 'function') return new KeptPrimitive(value, revision);
  const json = exactJson(value);
  return { view: viewOf(value, FULL_LIMITS), json, revision, chars: json?.length ?? UNMEASURED_CHARS };
}

/** The JSON of a value when reading it back gives an equal value, and it is not too long; else undefined. */
function exactJson(value: unknown): string | undefined {
  const pending: unknown[] = [value];
  const seen = new Set<unknown>();
  for (let count = 0; pending.length > 0; count++) {
    if (count > MAX_JSON_CHARS) return undefined;
    const part = pending.pop();
    if (part === null || typeof part === 'string' || typeof part === 'boolean') continue;
    if (typeof part === 'number') {
      if (!Number.isFinite(part) || Object.is(part, -0)) return undefined;
      continue;
    }
    if (typeof part !== 'object' || seen.has(part)) return undefined;
    seen.add(part);
    const prototype: unknown = Object.getPrototypeOf(part);
    if (Array.isArray(part)) {
      if (prototype !== Array.prototype || Object.keys(part).length !== part.length) return undefined;
    } else if (
      (prototype !== Object.prototype && prototype !== null) ||
      Object.getOwnPropertySymbols(part).length > 0
    ) {
      return undefined;
    }
    for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(part))) {
      if (Array.isArray(part) && key === 'length') continue;
      if (!('value' in descriptor) || descriptor.enumerable !== true || key === 'toJSON') return undefined;
      pending.push(descriptor.value);
    }
  }
  const json = JSON.stringify(value);
  return json.length <= MAX_JSON_CHARS ? json : undefined;
}
