/** What someone can wait for. */
export type WaitKind =
  /** What it has called. */
  | 'dependency'
  /** A place on the executor. */
  | 'slot'
  /** A concurrency key that others hold. */
  | 'key'
  /** As many of its flow as there may be are under way. */
  | 'flow-limit'
  /** All worker threads have a body. */
  | 'worker'
  /** As many as may have begun within the interval. */
  | 'rate'
  /** The process uses more of the cores than it may. */
  | 'cpu'
  /** The process uses more memory than it may. */
  | 'memory'
  /** As many runs as there may be are open. */
  | 'admission'
  /** The time of its next attempt. */
  | 'retry'
  | 'timer'
  | 'signal'
  /** Work that others wait for as well. */
  | 'shared-work'
  /** A circuit breaker to close. */
  | 'breaker'
  /** Somebody at the debugger. */
  | 'debugger'
  /** Whatever a procedure waits for through its port. */
  | 'outside';

/** Why someone waits, for programs; `reason` is for people. */
export interface WaitReason {
  readonly kind: WaitKind;
  readonly reason: string;
  /** Of which key. */
  readonly key?: string;
  /** How many there can be at once, or in an interval. */
  readonly limit?: number;
  /** When it ends, in the clock's elapsed time, where that is known. */
  readonly untilMs?: number;
}
