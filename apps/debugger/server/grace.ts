import type { Clock, DebuggedRun, DebugSession, TimerHandle } from '@holon/engine';

export interface GraceOptions {
  readonly session: DebugSession;
  readonly clock: Clock;
  readonly graceMs: number;
  /** Paused runs were resumed without a client; `note` says so to people. */
  readonly onResumed: (note: string) => void;
}

/**
 * Lets paused runs go on once nobody is there to continue them: `graceMs` after the last client left,
 * so that a reload of the page comes back in time. A run that never had a client was started paused
 * for one, and waits without limit.
 */
export class Grace {
  readonly #options: GraceOptions;
  /** Runs that a client was there for. */
  readonly #attended = new Set<string>();
  #clients = 0;
  #timer: TimerHandle;

  constructor(options: GraceOptions) {
    this.#options = options;
  }

  clientCame(): void {
    this.#clients += 1;
    this.#stopTimer();
    for (const { run } of this.#options.session.runs) this.#attended.add(run.id);
  }

  clientLeft(): void {
    this.#clients -= 1;
    this.#startTimer();
  }

  runsChanged(): void {
    const known = new Set(this.#options.session.runs.map(({ run }) => run.id));
    for (const id of this.#attended) if (!known.has(id)) this.#attended.delete(id);
    if (this.#clients > 0) for (const id of known) this.#attended.add(id);
  }

  /** A run came to a stand. With nobody there, and nobody on the way back, it has the same time. */
  runStopped(): void {
    this.#startTimer();
  }

  close(): void {
    this.#stopTimer();
  }

  #startTimer(): void {
    const { clock, graceMs } = this.#options;
    if (this.#clients > 0 || this.#timer !== undefined) return;
    this.#timer = clock.setTimer(() => {
      this.#timer = undefined;
      this.#resumeAll();
    }, graceMs);
  }

  #stopTimer(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #resumeAll(): void {
    const { session, graceMs, onResumed } = this.#options;
    const abandoned = session.runs.filter((run) => this.#attended.has(run.run.id) && isStanding(run));
    if (abandoned.length === 0) return;
    const reason = `no client for ${graceMs / 1_000} s`;
    for (const run of abandoned) run.continue(reason);
    const who = abandoned.length === 1 ? 'The paused run' : `${abandoned.length} paused runs`;
    onResumed(`${who} went on without you: ${reason}.`);
  }
}

function isStanding({ run, stops }: DebuggedRun): boolean {
  return run.status === 'paused' || stops.length > 0;
}
