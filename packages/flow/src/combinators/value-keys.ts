import { ArgumentList } from '../port.ts';

/** How deep plain data is compared by what it holds; what is nested deeper is told apart by identity. */
const MAX_DEPTH = 64;

/**
 * A text for any value: the same for values that stand for the same call, another for all others. Primitives by type and
 * value (`undefined`, `NaN`, `-0`, BigInt and symbols included); arrays and plain objects by what they hold, whatever
 * the order of the keys; functions and all other objects by identity, and so is what holds itself.
 */
export class ValueKeys {
  readonly #numbers = new WeakMap<WeakKey, number>();
  #count = 0;

  keyOf(value: unknown): string {
    return this.#textOf(value, []);
  }

  /** @param above the objects around it */
  #textOf(value: unknown, above: readonly object[]): string {
    switch (typeof value) {
      case 'string':
        return JSON.stringify(value);
      case 'number':
        return Object.is(value, -0) ? '-0' : String(value);
      case 'bigint':
        return `${value}n`;
      case 'symbol':
        return this.#symbolText(value);
      case 'function':
        return this.#numberOf(value);
      case 'object':
        return value === null ? 'null' : this.#objectText(value, above);
      default:
        return String(value);
    }
  }

  #objectText(value: object, above: readonly object[]): string {
    const inside = [...above, value];
    if (value instanceof ArgumentList) return `(${value.values.map((one) => this.#textOf(one, inside)).join()})`;
    if (above.length >= MAX_DEPTH || above.includes(value)) return this.#numberOf(value);
    if (Array.isArray(value)) return `[${value.map((one) => this.#textOf(one, inside)).join()}]`;
    if (!isPlain(value)) return this.#numberOf(value);
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${this.#textOf(one, inside)}`).join()}}`;
  }

  /** A symbol of the registry can't be held weakly, but has a name that is its own. */
  #symbolText(symbol: symbol): string {
    const name = Symbol.keyFor(symbol);
    return name === undefined ? this.#numberOf(symbol) : `@${JSON.stringify(name)}`;
  }

  /** Counted by first sight. */
  #numberOf(value: WeakKey): string {
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.#count++;
      this.#numbers.set(value, number);
    }
    return `#${number}`;
  }
}

/** An object literal, a parsed JSON object: one without a class and without symbols for keys. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  const hasClass =
    prototype !== null && prototype !== Object.prototype && Object.getPrototypeOf(prototype as object) !== null;
  return !hasClass && Object.getOwnPropertySymbols(value).length === 0;
}
