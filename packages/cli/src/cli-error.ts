import type { Excerpt } from './output/excerpt.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

export interface CliErrorOptions {
  /** More lines below the message: what was expected, what there is instead. */
  readonly details?: readonly string[] | undefined;
  /** The place in a file or a text that is wrong. */
  readonly excerpt?: Excerpt | undefined;
  /** What to do about it; commands stand on their own line. */
  readonly todo?: readonly string[] | undefined;
  /** @default 2: usage or a bad flow */
  readonly exitCode?: ExitCode | undefined;
}

/** A person's mistake: shown without a stack trace, with what to do about it. */
export class CliError extends Error {
  readonly details: readonly string[];
  readonly excerpt: Excerpt | undefined;
  readonly todo: readonly string[];
  readonly exitCode: ExitCode;

  constructor(message: string, options: CliErrorOptions = {}) {
    super(message);
    this.details = options.details ?? [];
    this.excerpt = options.excerpt;
    this.todo = options.todo ?? [];
    this.exitCode = options.exitCode ?? EXIT.usage;
  }
}
