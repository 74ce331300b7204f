import { sizeText } from '@holon/flow';
import { outside } from '../ambient.ts';
import type { Clock } from '../clock.ts';
import type { Resources } from '../resources.ts';
import type { WaitReason } from './wait-reason.ts';

/** What the process may use of the machine before new work is held back. */
export interface PressureLimits {
  /** Share of all cores, above 0 and up to 1. */
  readonly cpu: number | undefined;
  readonly memoryBytes: number | undefined;
}

/** What the process uses of it. */
export interface Load {
  readonly cpu: number;
  readonly memoryBytes: number;
}

/** Why new work is held back, if it is. Pure. */
export function decidePressure(limits: PressureLimits, load: Load): WaitReason | undefined {
  if (limits.memoryBytes !== undefined && load.memoryBytes > limits.memoryBytes) {
    const reason = `held back: this process uses ${sizeText(load.memoryBytes)} of memory, of ${sizeText(limits.memoryBytes)} (resourceLimits.memory)`;
    return { kind: 'memory', limit: limits.memoryBytes, reason };
  }
  if (limits.cpu !== undefined && load.cpu > limits.cpu) {
    const reason = `held back: this process uses ${percent(load.cpu)} of the cores, of ${percent(limits.cpu)} (resourceLimits.cpu)`;
    return { kind: 'cpu', limit: limits.cpu, reason };
  }
  return undefined;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** How long a measurement holds. Shorter than what a body is likely to change, longer than the system's own accounting. */
const SAMPLE_MS = 100;

/**
 * Measures when it is asked, if the last measurement is too old, and by a timer only while somebody is held back.
 * That timer keeps no process alive: something runs meanwhile, by the rule that under pressure one thing does.
 */
export class Pressure {
  readonly #limits: PressureLimits;
  readonly #resources: Resources;
  readonly #clock: Clock;
  /** Before the first, so long ago that no core was busy since. */
  #sampledAt = Number.NEGATIVE_INFINITY;
  #cpuMs: number;
  #heldBack: WaitReason | undefined;
  #armed = false;
  #onChange: (() => void) | undefined;
  readonly #onTurned: (heldBack: WaitReason | undefined) => void;

  /** @param onTurned hears when new work comes to be held back, and when it no longer is */
  constructor(
    limits: PressureLimits,
    resources: Resources,
    clock: Clock,
    onTurned: (heldBack: WaitReason | undefined) => void,
  ) {
    this.#limits = limits;
    this.#onTurned = onTurned;
    this.#resources = resources;
    this.#clock = clock;
    this.#cpuMs = resources.cpuMs();
  }

  /** Calls back whenever those who are held back may have to be asked about again. */
  onChange(listener: () => void): void {
    this.#onChange = listener;
  }

  /** Why new work is held back, if it is. */
  get heldBack(): WaitReason | undefined {
    const now = this.#clock.elapsed();
    if (now - this.#sampledAt >= SAMPLE_MS) this.#sample(now);
    return this.#heldBack;
  }

  #sample(now: number): void {
    const cpuMs = this.#resources.cpuMs();
    const cpu = (cpuMs - this.#cpuMs) / ((now - this.#sampledAt) * this.#resources.cores());
    const before = this.#heldBack;
    this.#heldBack = decidePressure(this.#limits, { cpu, memoryBytes: this.#resources.memoryBytes() });
    this.#cpuMs = cpuMs;
    this.#sampledAt = now;
    if ((before === undefined) !== (this.#heldBack === undefined)) this.#onTurned(this.#heldBack);
  }

  /** Somebody is held back. */
  lookAgain(): void {
    if (this.#armed) return;
    this.#armed = true;
    const look = (): void => {
      this.#armed = false;
      this.#onChange?.();
    };
    outside(() => this.#clock.setTimer(look, SAMPLE_MS, { background: true }));
  }
}
