import { Deferred, whenSettled } from '../deferred.ts';
import { isPromiseLike } from '../port.ts';

/**
 * Starts pieces of work 0 … count−1 in order, at most `concurrency` of them open at once, and gives
 * their results in order: at once when all were synchronous, else as a promise. The first failure
 * ends it: nothing further is started, and what is open is left to the scope it was started in.
 */
export function gather(count: number, concurrency: number, start: (index: number) => unknown): unknown {
  const results = new Array<unknown>(count);
  let next = 0;
  let open = 0;
  let failed = false;
  const end = new Deferred();

  const fail = (error: unknown): void => {
    failed = true;
    end.reject(error);
  };
  const fill = (): void => {
    while (next < count && open < concurrency && !failed) {
      const index = next++;
      const result = start(index);
      if (isPromiseLike(result)) {
        open += 1;
        whenSettled(
          result,
          (value) => {
            open -= 1;
            results[index] = value;
            refill();
          },
          fail,
        );
      } else {
        results[index] = result;
      }
    }
    if (open === 0 && next === count && !failed) end.resolve(results);
  };
  const refill = (): void => {
    try {
      fill();
    } catch (error) {
      fail(error);
    }
  };

  fill();
  return end.now();
}
