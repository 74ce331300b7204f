import type { Context, Log } from '@holon/flow';
import type { Host, Invocation } from './executor.ts';

/** What {@link context} gives in a body that runs apart from its engine, but for the signal. Parts are made when first read. */
export class RemoteContext implements Omit<Context, 'signal'> {
  readonly #invocation: Omit<Invocation, 'address' | 'isolation'>;
  readonly #host: Host;
  #log: Log | undefined;

  constructor(invocation: Omit<Invocation, 'address' | 'isolation'>, host: Host) {
    this.#invocation = invocation;
    this.#host = host;
  }

  get attempt(): number {
    return this.#invocation.attempt;
  }

  get iteration(): number | undefined {
    return this.#invocation.iteration;
  }

  get runId(): string {
    return this.#invocation.runId;
  }

  get path(): string {
    return this.#invocation.path;
  }

  get idempotencyKey(): string {
    return this.#invocation.idempotencyKey;
  }

  get log(): Log {
    const at = (level: keyof Log) => (message: string, data?: unknown) =>
      this.#host.logged(level, String(message), data);
    return (this.#log ??= { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') });
  }

  get progress(): Context['progress'] {
    return (fraction, message) => this.#host.progressed(fraction, message);
  }

  get emit(): Context['emit'] {
    return (type, data) => this.#host.emitted(String(type), data);
  }
}
