import { Deferred, type OnError, type OnValue, whenSettled } from '../deferred.ts';
import { type Port, isPromiseLike } from '../port.ts';

/**
 * What `start` settles with first. Then all it has started is aborted, and nobody waits here for the end of that: in a
 * direct call the answer comes at once; an engine ends the composite when all in it has ended.
 *
 * @param start calls children in a scope of its own; what it throws is the answer, too
 */
export function firstSettled(
  port: Port,
  start: (scope: Port, resolve: OnValue, reject: OnError) => void,
): PromiseLike<unknown> {
  const first = new Deferred();
  const ended = port.scope((scope) => {
    start(
      scope,
      (value) => first.resolve(value),
      (error) => first.reject(error),
    );
    return first;
  });
  if (isPromiseLike(ended)) whenSettled(ended, ignore, ignore);
  return first;
}

const ignore = (): void => undefined;
