import type { Context, Log } from '@holon/flow';
import type { Attempt } from './attempt.ts';
import * as record from './record.ts';

/** What {@link context} gives inside a run. Parts are made when first read, and work when taken apart: `const { signal, log } = context()`. */
export class BodyContext implements Context {
  readonly #attempt: Attempt;
  #log: Log | undefined;

  constructor(attempt: Attempt) {
    this.#attempt = attempt;
  }

  get signal(): AbortSignal {
    return this.#attempt.scope.signal;
  }

  get attempt(): number {
    return this.#attempt.number;
  }

  get iteration(): number | undefined {
    return this.#attempt.instance.iteration;
  }

  get runId(): string {
    return this.#attempt.instance.run.id;
  }

  get path(): string {
    return this.#attempt.instance.path;
  }

  get idempotencyKey(): string {
    return `${this.#attempt.instance.run.idempotencyKey}:${this.path}`;
  }

  get log(): Log {
    const { instance } = this.#attempt;
    const at = (level: keyof Log) => (message: string, data?: unknown) => record.logged(instance, level, message, data);
    return (this.#log ??= { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') });
  }

  get progress(): Context['progress'] {
    return (fraction, message) => record.progressed(this.#attempt, fraction, message);
  }

  get emit(): Context['emit'] {
    return (type, data) => record.emitted(this.#attempt, type, data);
  }
}
