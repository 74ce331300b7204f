import type { GaveUp } from '@holon/flow';
import type { Instance } from './instance.ts';

/** Where a failure began, and why nobody tried again. */
export interface Origin {
  readonly path: string;
  readonly attempt: number;
  /** Of the outermost on its way that had a policy; undefined where nobody is asked: of synchronous calls by plain code. */
  gaveUp: GaveUp | undefined;
}

interface Trail {
  readonly origin: Origin;
  /** How far up it has come. */
  at: Instance;
}

/**
 * Follows failures on their way up: an instance that fails with what its own child failed with is not
 * where it began. Told by the identity of what was thrown; of thrown values that are no objects, only the
 * last is followed.
 */
export class Blame {
  readonly #trails = new WeakMap<object, Trail>();
  #primitive: { readonly thrown: unknown; readonly trail: Trail } | undefined;

  /** An instance failed with `thrown`: gives where that began. */
  at(thrown: unknown, instance: Instance): Origin {
    const known = this.#fromBelow(thrown, instance);
    if (known !== undefined) {
      known.at = instance;
      const why = instance.notes?.gaveUp?.why;
      if (why !== undefined && why !== 'no-policy') known.origin.gaveUp = why;
      return known.origin;
    }
    const { path, attemptNumber: attempt, notes } = instance;
    const trail: Trail = { origin: { path, attempt, gaveUp: notes?.gaveUp?.why }, at: instance };
    if (isObject(thrown)) this.#trails.set(thrown, trail);
    else this.#primitive = { thrown, trail };
    return trail.origin;
  }

  /** Whether an instance is about to fail with what a child of its current attempt has failed with. */
  isFromBelow(thrown: unknown, instance: Instance): boolean {
    return this.#fromBelow(thrown, instance) !== undefined;
  }

  #fromBelow(thrown: unknown, instance: Instance): Trail | undefined {
    const known = this.#find(thrown);
    const caller = known?.at.caller;
    return caller?.instance === instance && caller.number === instance.attemptNumber ? known : undefined;
  }

  /** Where a failure that has come up to the root began. */
  of(thrown: unknown): Origin | undefined {
    return this.#find(thrown)?.origin;
  }

  #find(thrown: unknown): Trail | undefined {
    if (isObject(thrown)) return this.#trails.get(thrown);
    return this.#primitive !== undefined && Object.is(this.#primitive.thrown, thrown)
      ? this.#primitive.trail
      : undefined;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
