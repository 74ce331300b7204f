import { type Flow, context, flow } from '@holon/flow';
import {
  type Engine,
  type EngineOptions,
  type RunEvent,
  type SimulatedClock,
  createEngine,
  seededRandom,
  simulatedClock,
} from '../index.ts';

/** An engine on simulated time and seeded chance. */
export function simulatedEngine(options: EngineOptions = {}): {
  readonly engine: Engine;
  readonly clock: SimulatedClock;
} {
  const clock = simulatedClock();
  return { clock, engine: createEngine({ clock, random: seededRandom(1), ...options }) };
}

/** All events of a run from here on, in a list that grows. */
export function collected(run: { on(listener: (event: RunEvent) => void): () => void }): RunEvent[] {
  const events: RunEvent[] = [];
  run.on((event) => events.push(event));
  return events;
}

/** `node.started a/b`, one for each event; of the given types only, where some are given. */
export function lines(events: readonly RunEvent[], ...types: readonly RunEvent['type'][]): string[] {
  return events
    .filter(({ type }) => types.length === 0 || types.includes(type))
    .map((event) => ('path' in event ? `${event.type} ${event.path}` : event.type));
}

/** A body that ends only when it is aborted, at once. */
export const hang: Flow<unknown, Promise<never>> = flow(
  'hang',
  async (_input: unknown) =>
    new Promise<never>((_, reject) => {
      const { signal } = context();
      const stop = (): void => reject(signal.reason as Error);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    }),
);

/** What a promise rejects with. @throws when it does not */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`expected a rejection, got ${String(value)}`);
    },
    (error: unknown) => error,
  );
}

/** Lets everything that can go on without time passing do so. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
