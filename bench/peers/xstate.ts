import { type AnyActorLogic, assign, createActor, createMachine, fromPromise, toPromise } from 'xstate';
import type { Body } from '../step.ts';

interface Counter {
  readonly value: number;
}

const inputOf = ({ context }: { context: Counter }): number => context.value;
const keep = assign<Counter, { type: string; output: number }, undefined, never, never>({
  value: ({ event }) => event.output,
});

function actorOf(body: Body) {
  return fromPromise<number, number>(({ input }) => body(input));
}

function starterOf(logic: AnyActorLogic): (input: number) => Promise<unknown> {
  return (input) => {
    const actor = createActor(logic, { input });
    actor.start();
    return toPromise(actor) as Promise<unknown>;
  };
}

/** An actor that is nothing but the body. */
export function single(body: Body): (input: number) => Promise<unknown> {
  return starterOf(actorOf(body));
}

/** `count` states one after another, each of which invokes the body. */
export function chain(count: number, body: Body): (input: number) => Promise<unknown> {
  const src = actorOf(body);
  const states: Record<string, object> = { [`state${count}`]: { type: 'final' } };
  for (let i = 0; i < count; i++) {
    const onDone = { target: `state${i + 1}`, actions: keep };
    states[`state${i}`] = { invoke: { src, input: inputOf, onDone } };
  }
  return starterOf(machineOf('state0', states));
}

/** One state entered again until the body gives `limit`. */
export function loop(limit: number, body: Body): (input: number) => Promise<unknown> {
  const again = ({ event }: { event: { output: number } }): boolean => event.output < limit;
  const onDone = [
    { guard: again, target: 'going', reenter: true, actions: keep },
    { target: 'done', actions: keep },
  ];
  return starterOf(
    machineOf('going', { going: { invoke: { src: actorOf(body), input: inputOf, onDone } }, done: { type: 'final' } }),
  );
}

function machineOf(initial: string, states: Record<string, object>): AnyActorLogic {
  return createMachine({
    context: ({ input }: { input: unknown }) => ({ value: input as number }),
    initial,
    states,
    output: inputOf,
  } as never) as AnyActorLogic;
}
