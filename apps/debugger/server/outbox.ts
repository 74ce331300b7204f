import type { Clock, TimerHandle } from '@holon/engine';
import type { RunEvent, RunStateWire } from '@holon/engine/events';
import type { EventName, Events } from '../protocol/index.ts';
import { type FrameText, type Reply, encodeEvent, encodeReply, encodeRunEvents } from './to-frame.ts';

/** The side of a WebSocket that frames leave by. */
export interface Wire {
  /** Bytes handed over that the network has not taken yet. */
  readonly bufferedAmount: number;
  send(text: string, sent: () => void): void;
  close(code: number, reason: string): void;
}

export interface OutboxOptions {
  readonly wire: Wire;
  readonly clock: Clock;
  /** The state of a run by now, for a client that missed events; undefined when the run is no longer known. */
  readonly stateOf: (runId: string) => RunStateWire | undefined;
}

/** Events and lines of output that wait. */
const MAX_EVENTS = 20_000;
const MAX_EVENT_BYTES = 8_000_000;
/** Replies that wait. One more may be larger than all of these. */
const MAX_REPLIES = 1_000;
const MAX_REPLY_BYTES = 64_000_000;

/** Above it the client counts as slow, and nothing more is handed over. */
const HIGH_WATER_BYTES = 1_000_000;
/** Several run events share a frame up to this size. */
const BATCH_BYTES = 128_000;
/** The state of a large run takes long to encode: at most one part in this many of the time is spent on it. */
const RESYNC_SHARE = 10;
/** WebSocket status "try again later". */
const TOO_SLOW = 1013;

/** A frame that waits. */
type Waiting =
  | { readonly kind: 'reply'; readonly rest: FrameText }
  | { readonly kind: 'event'; readonly rest: FrameText }
  | { readonly kind: 'output'; readonly runId: string; readonly rest: FrameText }
  | { readonly kind: 'run'; readonly runId: string; readonly texts: string[]; bytes: number };

/** What a slow client missed, told once it has caught up. */
interface Missed {
  readonly runId: string;
  dropped: number;
}

/**
 * The only place a frame leaves by. What waits for a slow client is bounded, so it never slows the
 * run: run events beyond the bound are dropped all at once, counted, and replaced by the state after
 * them; lines of output are counted and said to be missing; of what replaces itself (the list of
 * runs, who is stopped) the latest alone waits, and is built when it leaves. Replies are never
 * dropped; a client that asks and does not read is let go.
 */
export class Outbox {
  readonly #wire: Wire;
  readonly #clock: Clock;
  readonly #stateOf: (runId: string) => RunStateWire | undefined;
  #seq = 0;
  #queue: Waiting[] = [];
  readonly #latest = new Map<EventName, () => unknown>();
  #missed: Missed | undefined;
  /** Lines of output left out, by run. */
  readonly #cutOutput = new Map<string, number>();
  #eventCount = 0;
  #eventBytes = 0;
  #replyCount = 0;
  #replyBytes = 0;
  #scheduled = false;
  #closed = false;
  #resyncNotBefore = 0;
  #resyncTimer: TimerHandle;

  constructor(options: OutboxOptions) {
    this.#wire = options.wire;
    this.#clock = options.clock;
    this.#stateOf = options.stateOf;
  }

  reply(response: Reply): void {
    const rest = encodeReply(response);
    if (this.#replyCount >= MAX_REPLIES || this.#replyBytes > MAX_REPLY_BYTES) {
      this.close(TOO_SLOW, 'replies are not read');
      return;
    }
    this.#replyCount += 1;
    this.#replyBytes += rest.length;
    this.#enqueue({ kind: 'reply', rest });
  }

  /** For events that are few: each leaves, in order with the run events. */
  event<E extends EventName>(event: E, body: Events[E]): void {
    this.#enqueue({ kind: 'event', rest: encodeEvent(event, body) });
  }

  /** For events of which only the last counts: `build` is asked when the frame leaves. */
  latest<E extends EventName>(event: E, build: () => Events[E]): void {
    if (this.#closed) return;
    this.#latest.set(event, build);
    this.#schedule();
  }

  /** A line of a body's log. */
  output(body: Events['output']): void {
    const { runId } = body.holon;
    const cut = this.#cutOutput.get(runId);
    if (cut !== undefined) {
      this.#cutOutput.set(runId, cut + 1);
      return;
    }
    const rest = encodeEvent('output', body);
    this.#count(1, rest.length);
    this.#enqueue({ kind: 'output', runId, rest });
    this.#keepBounds();
  }

  /** An event of the run that the client follows. */
  runEvent(runId: string, event: RunEvent): void {
    if (this.#closed) return;
    if (this.#missed !== undefined) {
      this.#missed.dropped += 1;
      return;
    }
    const text = JSON.stringify(event);
    this.#count(1, text.length);
    const last = this.#queue.at(-1);
    if (last?.kind === 'run' && last.runId === runId && last.bytes < BATCH_BYTES) {
      last.texts.push(text);
      last.bytes += text.length;
    } else {
      this.#enqueue({ kind: 'run', runId, texts: [text], bytes: text.length });
    }
    this.#keepBounds();
  }

  /** The client no longer follows its run: what waits of it is left out, and not missed. */
  forgetRun(): void {
    this.#missed = undefined;
    this.#latest.delete('holon/stops');
    this.#remove((waiting) => waiting.kind === 'run');
  }

  /** Ends the connection; nothing leaves any more. */
  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue = [];
    this.#latest.clear();
    if (this.#resyncTimer !== undefined) this.#clock.clearTimer(this.#resyncTimer);
    this.#wire.close(code, reason);
  }

  /** Sends all that waits, then ends the connection. */
  finish(code: number, reason: string): void {
    while (!this.#closed && this.#sendNext());
    this.close(code, reason);
  }

  #enqueue(waiting: Waiting): void {
    if (this.#closed) return;
    this.#queue.push(waiting);
    this.#schedule();
  }

  /** Frames leave after all that is going on now, so that what happens together leaves together. */
  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    this.#clock.defer(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  #pump(): void {
    while (!this.#closed && this.#wire.bufferedAmount <= HIGH_WATER_BYTES && this.#sendNext());
  }

  /** The next frame: first what is in order, then the state for what was missed, then what replaces itself. */
  #sendNext(): boolean {
    const waiting = this.#queue.shift();
    if (waiting !== undefined) {
      this.#sendWaiting(waiting);
      return true;
    }
    return this.#sendCutOutput() || this.#sendResync() || this.#sendLatest();
  }

  #sendWaiting(waiting: Waiting): void {
    if (waiting.kind === 'reply') {
      this.#replyCount -= 1;
      this.#replyBytes -= waiting.rest.length;
      this.#send(waiting.rest);
      return;
    }
    this.#uncount(waiting);
    this.#send(waiting.kind === 'run' ? encodeRunEvents(waiting.runId, waiting.texts) : waiting.rest);
  }

  #sendCutOutput(): boolean {
    for (const [runId, count] of this.#cutOutput) {
      this.#cutOutput.delete(runId);
      const output = `… ${count} lines were left out: this client reads too slowly\n`;
      this.#send(encodeEvent('output', { category: 'console', output, holon: { runId, path: '' } }));
      return true;
    }
    return false;
  }

  #sendResync(): boolean {
    if (this.#missed === undefined) return false;
    const now = this.#clock.elapsed();
    if (now < this.#resyncNotBefore) {
      this.#resyncTimer ??= this.#clock.setTimer(() => {
        this.#resyncTimer = undefined;
        this.#schedule();
      }, this.#resyncNotBefore - now);
      return false;
    }
    const { runId, dropped } = this.#missed;
    this.#missed = undefined;
    const state = this.#stateOf(runId);
    if (state === undefined) return true;
    const rest = encodeEvent('holon/resync', { runId, dropped, state });
    const after = this.#clock.elapsed();
    this.#resyncNotBefore = after + (after - now) * RESYNC_SHARE;
    this.#send(rest);
    return true;
  }

  #sendLatest(): boolean {
    for (const [event, build] of this.#latest) {
      this.#latest.delete(event);
      this.#send(encodeEvent(event, build() as Events[typeof event]));
      return true;
    }
    return false;
  }

  #send(rest: FrameText): void {
    this.#seq += 1;
    this.#wire.send(`{"seq":${this.#seq},${rest}`, () => this.#schedule());
  }

  #isOverBounds(): boolean {
    return this.#eventCount > MAX_EVENTS || this.#eventBytes > MAX_EVENT_BYTES;
  }

  #keepBounds(): void {
    if (!this.#isOverBounds()) return;
    // A run that doesn't pause for breath is no slowness of the client's.
    this.#pump();
    if (!this.#isOverBounds()) return;
    this.#remove((waiting) => {
      if (waiting.kind === 'run') {
        this.#missed ??= { runId: waiting.runId, dropped: 0 };
        this.#missed.dropped += waiting.texts.length;
        return true;
      }
      if (waiting.kind !== 'output') return false;
      this.#cutOutput.set(waiting.runId, (this.#cutOutput.get(waiting.runId) ?? 0) + 1);
      return true;
    });
  }

  #remove(which: (waiting: Waiting) => boolean): void {
    this.#queue = this.#queue.filter((waiting) => {
      if (!which(waiting)) return true;
      this.#uncount(waiting);
      return false;
    });
  }

  #count(events: number, bytes: number): void {
    this.#eventCount += events;
    this.#eventBytes += bytes;
  }

  #uncount(waiting: Waiting): void {
    if (waiting.kind === 'run') this.#count(-waiting.texts.length, -waiting.bytes);
    else if (waiting.kind === 'output') this.#count(-1, -waiting.rest.length);
  }
}
