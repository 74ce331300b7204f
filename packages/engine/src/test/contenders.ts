import { type SchedulingOptions, flow, definitionOf } from '@holon/flow';
import { Pressure, type PressureLimits } from '../scheduling/pressure.ts';
import { type SchedulerOptions, resolveScheduler } from '../scheduling/options.ts';
import { Slots } from '../scheduling/slots.ts';
import type { Claim, Contender } from '../scheduling/waiter.ts';
import { simulatedClock } from '../simulated-clock.ts';
import type { SimulatedClock } from '../index.ts';
import { Timers } from '../timers.ts';

interface SlotsSetting {
  readonly limit?: number;
  readonly scheduler?: SchedulerOptions;
  readonly pressure?: PressureLimits;
  /** Bytes in use, where memory has a limit. */
  readonly memory?: () => number;
}

/** Places on simulated time. What is thrown on the way fails the test. */
export function slotsOf({ limit = 1, scheduler = 'fifo', pressure, memory = () => 0 }: SlotsSetting): {
  readonly slots: Slots;
  readonly clock: SimulatedClock;
} {
  const clock = simulatedClock();
  const resources = { cpuMs: () => 0, memoryBytes: memory, cores: () => 1 };
  const onBroken = (error: unknown): never => {
    throw error;
  };
  const slots: Slots = new Slots(limit, {
    scheduler: resolveScheduler(scheduler, () => clock.elapsed(), 'scheduler'),
    pressure: pressure === undefined ? null : new Pressure(pressure, resources, clock, () => undefined),
    timers: new Timers(clock, onBroken),
    elapsed: () => clock.elapsed(),
    threads: 1,
    now: () => clock.now(),
    enter: (work) => slots.batch(work),
  });
  return { slots, clock };
}

interface ContenderSetting extends Partial<Omit<Claim, 'path'>>, Omit<SchedulingOptions, 'priority'> {
  readonly name?: string;
  readonly needsPlace?: boolean;
  readonly input?: unknown;
  readonly above?: Contender;
  readonly onSlot?: () => void;
  readonly onWaitsFor?: (reason: string) => void;
}

/** Someone who wants to begin, of a flow with the given limits. */
export function contender(setting: ContenderSetting): Contender {
  const { name = 'x', runId = 'run', priority = 0, labels = {}, needsPlace = true, input, above } = setting;
  const { maxConcurrency, concurrencyKey, rate } = setting;
  const limits = { maxConcurrency, concurrencyKey, rate };
  const limited = Object.values(limits).some((limit) => limit !== undefined);
  return {
    claim: { path: name, id: name, runId, flow: 'root', priority, labels },
    scheduling: limited ? definitionOf(flow(() => undefined, limits))!.policies.scheduling : null,
    needsPlace,
    needsWorker: false,
    input,
    above,
    below: { instances: [], waits: false },
    onSlot: setting.onSlot ?? (() => undefined),
    onWaitsFor: setting.onWaitsFor ?? (() => undefined),
  };
}
