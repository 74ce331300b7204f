import { type Flow, type Procedure, combinator, isHolonError, slot } from '@holon/flow';

/**
 * A combinator of our own: `primary`, and when it fails, `backup` on the same input. It is a picture and a
 * procedure; nothing else in the world needs to know of it to run, draw, pause and step it.
 */
export function fallback<In, Out>(
  name: string,
  primary: (input: In) => Out | Promise<Out>,
  backup: (input: In) => Out | Promise<Out>,
): Flow<In, Promise<Out>> {
  const first = slot(primary, { key: 'primary' });
  const second = slot(backup, { key: 'backup' });
  const failed = { id: 'failed', shape: 'choice', label: 'failed?' } as const;
  const run: Procedure = async (input, port) => {
    try {
      const result = await port.call(first, input);
      if (!port.choose('failed', false)) return result;
    } catch (error) {
      // Being canceled is no failure: nobody wants the backup's work either.
      if (isHolonError(error, 'canceled') || !port.choose('failed', true)) throw error;
    }
    return port.call(second, input);
  };
  return combinator({
    kind: 'fallback',
    name,
    alwaysPromise: true,
    picture: {
      slots: [first, second],
      marks: [failed],
      edges: [
        { from: 'in', to: first },
        { from: first, to: failed },
        { from: failed, to: 'out', label: 'no', when: false },
        { from: failed, to: second, label: 'yes', when: true },
        { from: second, to: 'out' },
      ],
    },
    run,
  });
}
