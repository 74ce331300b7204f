/**
 * What takes the place of a body: asked before each attempt of each instance. Mocks, forks and
 * recorded results come through here.
 */
export type Answers = (question: Question) => Answer | undefined;

export interface Question {
  readonly path: string;
  readonly id: string;
  readonly input: unknown;
  /** Counted from 1. */
  readonly attempt: number;
}

/** `source` says where it came from, for people: it stands in the run's events. */
export type Answer =
  | { readonly kind: 'value'; readonly value: unknown; readonly source: string }
  | { readonly kind: 'error'; readonly error: unknown; readonly source: string };
