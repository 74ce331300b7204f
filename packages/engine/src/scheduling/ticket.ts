import type { WaitReason } from './wait-reason.ts';
import type { Claim, Claimant, Contender } from './waiter.ts';

/** What some have to pass before they begin: a limit on how many there are at once, or how often. */
export interface Gate {
  /** Lets it pass, or has it stand in line until its turn has come. */
  enter(ticket: Ticket): boolean;
  /** It stands in line no longer. */
  leave(ticket: Ticket): void;
  /** What it passed for begins. */
  began(ticket: Ticket): void;
  /** It is done, or will not begin after all. */
  release(ticket: Ticket): void;
  why(ticket: Ticket): WaitReason;
}

/** Someone on the way through the gates of its flow, and from there to its end. */
export class Ticket implements Claimant {
  readonly waiter: Contender;
  /** In the order in which it passes them. */
  readonly gates: readonly Gate[];
  /** How many it has passed. */
  passed = 0;

  constructor(waiter: Contender, gates: readonly Gate[]) {
    this.waiter = waiter;
    this.gates = gates;
  }

  get claim(): Claim {
    return this.waiter.claim;
  }

  /** The gate it stands at. */
  get at(): Gate | undefined {
    return this.gates[this.passed];
  }
}
