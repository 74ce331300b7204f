import { DEFINITION } from '../brand.ts';
import { isHolonError } from '../errors.ts';
import { type AnyFlow, combinator, slot } from '../flow.ts';
import { takeName } from './named.ts';
import type { Wrapped } from './wrapped.ts';

/**
 * `primary`, and when it fails, `backup` on the same input. Always a promise. Fails as the backup does. Being canceled is
 * no failure: nobody wants the backup's work either.
 *
 * @throws what the backup throws; `canceled` when the primary was canceled
 *
 * @example
 * const askShop = async (item: string): Promise<number> => {
 *   throw new Error(`the shop does not answer for ${item}`);
 * };
 * const price = fallback(askShop, (item) => item.length);
 * await price('tea'); // 3
 */
export function fallback<F, Args extends readonly unknown[], Out, Other>(
  primary: F & ((...args: Args) => Out),
  backup: (...args: NoInfer<Args>) => Other,
): Wrapped<F, Args, Out | Other>;
export function fallback<F, Args extends readonly unknown[], Out, Other>(
  name: string,
  primary: F & ((...args: Args) => Out),
  backup: (...args: NoInfer<Args>) => Other,
): Wrapped<F, Args, Out | Other>;
export function fallback(...given: unknown[]): AnyFlow {
  const { name, rest } = takeName('fallback', given);
  const primary = slot(rest[0], { key: 'primary' });
  const backup = slot(rest[1], { key: 'backup' });
  const failed = { id: 'failed', shape: 'choice', label: 'failed?' } as const;
  return combinator({
    kind: 'fallback',
    name,
    alwaysPromise: true,
    arity: primary.flow[DEFINITION].arity,
    picture: {
      slots: [primary, backup],
      marks: [failed],
      edges: [
        { from: 'in', to: primary },
        { from: primary, to: failed },
        { from: failed, to: 'out', label: 'no', when: false },
        { from: failed, to: backup, label: 'yes', when: true },
        { from: backup, to: 'out' },
      ],
    },
    run: async (input, port) => {
      try {
        const value = await port.call(primary, input);
        if (!port.choose('failed', false)) return value;
      } catch (error) {
        if (isHolonError(error, 'canceled') || !port.choose('failed', true)) throw error;
      }
      return port.call(backup, input);
    },
  });
}
