import { type RateLimit, keyFor } from '@holon/flow';
import type { Timers } from '../timers.ts';
import { Deadlocks } from './deadlocks.ts';
import { Key, KeyGate, type KeyKind } from './keys.ts';
import type { SchedulerSettings } from './options.ts';
import { RateGate } from './rates.ts';
import { type Gate, Ticket } from './ticket.ts';
import type { WaitReason } from './wait-reason.ts';
import type { Contender } from './waiter.ts';

/** What {@link Limits} needs of the engine. */
export interface LimitPorts {
  readonly timers: Timers;
  readonly elapsed: () => number;
  /** How many bodies run in worker threads at once. */
  readonly threads: number;
  /** Someone who stood in line has passed all its limits. */
  readonly onThrough: (waiter: Contender) => void;
  /** Runs what a timer brings about as one stretch of work, and answers for what it throws. */
  readonly enter: (work: () => void) => void;
}

/** What stands for all workers, as what a {@link Key} is of. */
const WORKERS = {};

/** Rates that nothing has used for an interval are looked for whenever there are twice as many as were left the last time. */
const SWEEP_AT = 64;

/**
 * The way to a place for those whose flow has limits: its concurrency key, then the limit of the flow, then a worker
 * thread if it needs one, then its rate.
 * In this order, so that who waits for a rate or a flow keeps only its own key from others, and a token is not taken
 * before everything else is there.
 */
export class Limits {
  readonly #settings: SchedulerSettings;
  readonly #ports: LimitPorts;
  /** By name, or by the limit that a flow has, which its copies share. */
  readonly #keys = new Map<string | object, Key>();
  readonly #rates = new Map<string | object, RateGate>();
  #sweepAt = SWEEP_AT;
  /** Those who are on their way, and those who hold something. */
  readonly #tickets = new Map<Contender, Ticket>();
  readonly #deadlocks: Deadlocks;

  constructor(settings: SchedulerSettings, ports: LimitPorts) {
    this.#settings = settings;
    this.#ports = ports;
    this.#deadlocks = new Deadlocks(ports, (waiter) => this.#tickets.get(waiter));
  }

  /** How many have passed at least one limit and are not done, or stand at one. */
  get held(): number {
    return this.#tickets.size;
  }

  /**
   * Whether it has passed all that its flow sets; otherwise it stands in line.
   *
   * @throws what its key function throws; HolonError `invalid-option` when that gives no key
   */
  enter(waiter: Contender): boolean {
    const ticket = new Ticket(waiter, this.#gatesOf(waiter));
    if (ticket.gates.length === 0) return true;
    this.#tickets.set(waiter, ticket);
    return this.#advance(ticket);
  }

  #advance(ticket: Ticket): boolean {
    for (let gate = ticket.at; gate !== undefined; gate = ticket.at) {
      if (!gate.enter(ticket)) {
        if (gate instanceof KeyGate) this.#deadlocks.onWaits(ticket);
        return false;
      }
      ticket.passed += 1;
    }
    return true;
  }

  #onPassed(ticket: Ticket): void {
    this.#deadlocks.onWaitsNoMore(ticket);
    ticket.passed += 1;
    if (this.#advance(ticket)) this.#ports.onThrough(ticket.waiter);
    else ticket.waiter.onWaitsFor(ticket.at!.why(ticket).reason);
  }

  #gatesOf(waiter: Contender): readonly Gate[] {
    const { scheduling, input } = waiter;
    const gates: Gate[] = [];
    if (scheduling !== null) {
      const { concurrencyKey, maxConcurrency, rate } = scheduling;
      // Whatever can throw comes first: nothing is taken by then.
      const flow = `"${waiter.claim.id}"`;
      const name = concurrencyKey && keyFor(concurrencyKey.key, input, `${flow}: concurrencyKey`);
      const rateName = rate?.key === undefined ? undefined : keyFor(rate.key, input, `${flow}: rate`);
      if (name !== undefined) gates.push(this.#key(name, 'key', `key "${name}"`).gate(concurrencyKey!.limit));
      if (maxConcurrency !== undefined) {
        const limit = this.#key(maxConcurrency, 'flow-limit', `the limit of ${flow}`);
        gates.push(limit.gate(maxConcurrency.limit));
      }
      if (waiter.needsWorker) gates.push(this.#key(WORKERS, 'worker', 'a worker thread').gate(this.#ports.threads));
      if (rate !== undefined) {
        const key = rateName === undefined ? rate : `${rate.limit} ${rate.intervalMs} ${rateName}`;
        gates.push(this.#rate(key, rateName === undefined ? `rate of ${flow}` : `rate of key "${rateName}"`, rate));
      }
    }
    const general = this.#settings.rate;
    if (general !== null && waiter.needsPlace) {
      const share = general.keyOf(waiter.claim);
      gates.push(this.#rate(`all ${share}`, `rate of ${general.between} "${share}"`, general.limit));
    }
    return gates;
  }

  #key(of: string | object, kind: KeyKind, name: string): Key {
    let key = this.#keys.get(of);
    if (key === undefined) {
      key = new Key(of, kind, name, this.#settings.makeQueue(), (ticket) => this.#onPassed(ticket));
      this.#keys.set(of, key);
    }
    return key;
  }

  #rate(of: string | object, name: string, rate: RateLimit): RateGate {
    let gate = this.#rates.get(of);
    if (gate === undefined) {
      if (this.#rates.size >= this.#sweepAt) this.#sweep();
      const { elapsed, timers, enter } = this.#ports;
      const onPassed = (ticket: Ticket): void => this.#onPassed(ticket);
      gate = new RateGate(name, rate, this.#settings.makeQueue(), { elapsed, timers, enter, onPassed });
      this.#rates.set(of, gate);
    }
    return gate;
  }

  #sweep(): void {
    for (const [of, gate] of this.#rates) if (gate.isIdle) this.#rates.delete(of);
    this.#sweepAt = Math.max(SWEEP_AT, this.#rates.size * 2);
  }

  /** What it waits for at the limit where it stands. */
  why(waiter: Contender): WaitReason {
    const ticket = this.#tickets.get(waiter)!;
    return ticket.at!.why(ticket);
  }

  /** It has its place, or needs none. */
  began(waiter: Contender): void {
    const ticket = this.#tickets.get(waiter);
    if (ticket === undefined) return;
    for (const gate of ticket.gates) gate.began(ticket);
    if (!ticket.gates.some((gate) => gate instanceof KeyGate)) this.#tickets.delete(waiter);
  }

  /** It is done, or does not want to begin any more. Nothing happens to who has no ticket. */
  leave(waiter: Contender): void {
    const ticket = this.#tickets.get(waiter);
    if (ticket === undefined) return;
    this.#tickets.delete(waiter);
    this.#deadlocks.onWaitsNoMore(ticket);
    this.#deadlocks.onLeft(ticket);
    ticket.at?.leave(ticket);
    for (const gate of ticket.gates.slice(0, ticket.passed)) gate.release(ticket);
    for (const gate of ticket.gates) if (gate instanceof KeyGate && gate.key.isIdle) this.#keys.delete(gate.key.of);
  }

  /** Something has ended, or begun to wait: those who hold keys may have come to wait for each other. */
  onChange(): void {
    this.#deadlocks.onChange();
  }

  /** Those who stand in line, each line in the order in which they will go. */
  *waiting(): Generator<{ readonly waiter: Contender; readonly why: WaitReason }> {
    for (const gate of [...this.#keys.values(), ...this.#rates.values()])
      for (const ticket of gate.line) yield { waiter: ticket.waiter, why: ticket.at!.why(ticket) };
  }
}
