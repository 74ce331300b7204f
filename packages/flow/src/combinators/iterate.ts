import { Deferred, whenSettled } from '../deferred.ts';
import { isPromiseLike } from '../port.ts';

/** What a step of {@link iterate} gives when there is none any more. */
export const DONE: unique symbol = Symbol('done');

/**
 * One step after another, each on what the one before it gave, until one gives {@link DONE}: gives the last value,
 * at once while all steps do. A step that throws, or whose promise rejects, ends it the same way.
 *
 * @param step gets the value and its number, from 0
 */
export function iterate(input: unknown, step: (value: unknown, index: number) => unknown): unknown {
  let value = input;
  for (let index = 0; ; index++) {
    const result = step(value, index);
    if (result === DONE) return value;
    if (isPromiseLike(result)) return continued(result, index + 1, step);
    value = result;
  }
}

/** The same from the first step that gave a promise. */
function continued(
  first: PromiseLike<unknown>,
  next: number,
  step: (value: unknown, index: number) => unknown,
): Deferred {
  const end = new Deferred();
  let index = next;
  const fail = (error: unknown): void => end.reject(error);
  const goOn = (given: unknown): void => {
    let value = given;
    let result: unknown;
    try {
      for (;;) {
        result = step(value, index++);
        if (result === DONE) break;
        if (isPromiseLike(result)) return whenSettled(result, goOn, fail);
        value = result;
      }
    } catch (error) {
      return fail(error);
    }
    end.resolve(value);
  };
  whenSettled(first, goOn, fail);
  return end;
}
