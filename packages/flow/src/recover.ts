import type { Picture, Recovery, Slot } from './definition.ts';
import { isHolonError } from './errors.ts';
import { ArgumentList, type Procedure, isPromiseLike } from './port.ts';

/** What a flow with `onError` looks like and does: its body; and when that fails, `onError` on the failure and the input. */
export function recover({ body, onError }: Recovery, arity: number): { picture: Picture; run: Procedure } {
  const tried: Slot = { flow: body, key: 'body', many: false };
  const answer: Slot = { flow: onError, key: 'onError', many: false };
  return {
    picture: {
      slots: [tried, answer],
      marks: [],
      edges: [
        { from: 'in', to: tried },
        { from: tried, to: answer, label: 'failed' },
        { from: tried, to: 'out' },
        { from: answer, to: 'out' },
      ],
    },
    run: (input, port) => {
      const failed = (error: unknown): unknown => {
        // Nobody waits for the result of what was canceled.
        if (isHolonError(error, 'canceled')) throw error;
        return port.call(answer, new ArgumentList([error, plainInput(input, arity)]));
      };
      let result: unknown;
      try {
        result = port.call(tried, input);
      } catch (error) {
        return failed(error);
      }
      return isPromiseLike(result) ? settled(result, failed) : result;
    },
  };
}

async function settled(result: PromiseLike<unknown>, failed: (error: unknown) => unknown): Promise<unknown> {
  try {
    return await result;
  } catch (error) {
    return failed(error);
  }
}

/** Several arguments are a list to `onError`, and always one where the flow takes several. */
function plainInput(input: unknown, arity: number): unknown {
  if (input instanceof ArgumentList) return [...input.values];
  return arity >= 2 ? [input] : input;
}
