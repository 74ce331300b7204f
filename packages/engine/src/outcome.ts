import type { HolonError } from '@holon/flow';

/** What a body, an attempt or an instance came to. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'canceled'; readonly error: HolonError };
