import { type AnyFlow, type EntryInput, HolonError, type Result, textOf } from '@holon/flow';
import type { Engine } from '../engine.ts';
import type {
  Breakpoint,
  EditResult,
  OpenedValue,
  Phase,
  PlacedBreakpoint,
  RunState,
  StepKind,
  Stop,
} from '../events/index.ts';
import type { Run } from '../run.ts';
import { openDebugSession } from './open-session.ts';
import type { DebugSession, DebuggedRun } from './session.ts';

/** A flow debugged from code. */
export interface Debugger<F extends AnyFlow> {
  /** What it is made of, for those who need more. */
  readonly session: DebugSession;
  /**
   * Says what was really set, and why not.
   *
   * @param node a static id, or a name that only one node has
   * @param phase before its body or after it. @default 'entry'
   * @throws HolonError `invalid-option` when the phase is none
   */
  setBreakpoint(node: string, phase?: Phase): PlacedBreakpoint;
  /**
   * Whether there was one: at this node, however it was named when it was set.
   *
   * @param phase left out: both
   * @throws HolonError `invalid-option` when the phase is none
   */
  removeBreakpoint(node: string, phase?: Phase): boolean;
  /** Starts a run; it goes until the first breakpoint, or with `paused` stands at its first node. */
  run(input: EntryInput<F>, options?: { readonly paused?: boolean }): DebuggerRun<Result<F>>;
  close(): Promise<void>;
}

/**
 * One run of a {@link Debugger}. Branches that run at once may come to a stand one after the other; one
 * of the stops is the current one: the last that a method here has given, for as long as it stands, or
 * before that the first there was. What takes a path acts on the current stop when it is left out.
 */
export interface DebuggerRun<T> {
  readonly run: Run<T>;
  readonly result: Promise<T>;
  readonly state: RunState;
  /** Who stands at the gate now: who stopped by itself first, then the suspended. */
  readonly stops: readonly Stop[];
  /** The current stop, the next if it is running, or undefined once it has ended. */
  stopped(): Promise<Stop | undefined>;
  /**
   * Gives every stop there is, one by one: first those that stand already and have not been given by any
   * method, while nothing goes on; once all have been, everything goes on, and it gives the next one to
   * come to a stand, or undefined once the run has ended. So a loop sees each breakpoint of each branch:
   *
   * @example
   * for (let stop = await run.stopped(); stop; stop = await run.continue()) console.log(stop.path);
   */
  continue(): Promise<Stop | undefined>;
  /**
   * Lets one branch go to its next node on this level or above. Like the other steps it gives the next
   * stop that anyone comes to, or undefined when the run ends instead.
   *
   * @throws HolonError `invalid-option` when nothing stands at `path`
   */
  stepOver(path?: string): Promise<Stop | undefined>;
  /** Lets one branch go to the first node inside, or the next when there is none inside. */
  stepInto(path?: string): Promise<Stop | undefined>;
  /** Lets one branch go to the next node further out. */
  stepOut(path?: string): Promise<Stop | undefined>;
  /** Input or output at a path. */
  value(side: 'input' | 'output', path?: string): OpenedValue;
  /** Replaces the input (at entry) or output (at exit) of whoever stands there. */
  edit(value: unknown, path?: string): EditResult;
}

/**
 * Debugs a flow from code, without any server.
 *
 * @example
 * const debug = createDebugger(checkout);
 * debug.setBreakpoint('pay');
 * const run = debug.run(order);
 * const stop = await run.stopped();       // stop.path === 'checkout/pay'
 * run.edit({ ...order, total: 1 });
 * await run.stepOver();
 */
export function createDebugger<F extends AnyFlow>(flow: F, options: { readonly engine?: Engine } = {}): Debugger<F> {
  const session = openDebugSession(flow, options);
  let asked: readonly Breakpoint[] = [];
  const without = (node: string, phase: Phase | undefined): readonly Breakpoint[] => {
    const { node: id } = session.place({ node, phase });
    return asked.filter((other, index) => {
      const placed = session.breakpoints[index] ?? session.place(other);
      const same = other.node === node || placed.node === id;
      return !same || (phase !== undefined && placed.phase !== phase);
    });
  };
  return {
    session,
    setBreakpoint: (node, phase = 'entry') => {
      asked = [...without(node, phase), { node, phase }];
      return session.setBreakpoints(asked).at(-1)!;
    },
    removeBreakpoint: (node, phase) => {
      const left = without(node, phase);
      if (left.length === asked.length) return false;
      asked = left;
      session.setBreakpoints(asked);
      return true;
    },
    run: (input, startOptions) => follow(session, session.start(input, startOptions)),
    close: () => session.close(),
  };
}

function follow<T>(session: DebugSession, debugged: DebuggedRun): DebuggerRun<T> {
  let current: Stop | undefined;
  let ended = false;
  let waiting: ((stop: Stop | undefined) => void)[] = [];
  /** Stops that a method has given. One that is said anew is another. */
  const given = new WeakSet<Stop>();

  const standing = (): Stop | undefined =>
    current !== undefined && debugged.stops.includes(current) ? current : undefined;
  const give = (stop: Stop): Stop => {
    given.add(stop);
    current = stop;
    return stop;
  };
  const firstNotGiven = (): Stop | undefined =>
    debugged.stops.find((stop) => stop.why !== 'suspended' && !given.has(stop));
  const wake = (stop: Stop | undefined): void => {
    const all = waiting;
    waiting = [];
    if (stop !== undefined) {
      if (all.length > 0) give(stop);
      else if (standing() === undefined) current = stop;
    }
    for (const resolve of all) resolve(stop);
  };
  const unsubscribe = session.on('stopped', ({ run, stop }) => {
    if (run === debugged) wake(stop);
  });
  void debugged.run.outcome.then(() => {
    ended = true;
    unsubscribe();
    wake(undefined);
  });

  const next = (): Promise<Stop | undefined> =>
    ended ? Promise.resolve(undefined) : new Promise((resolve) => waiting.push(resolve));
  const stopped = (): Promise<Stop | undefined> => {
    const stop = standing() ?? firstNotGiven();
    return stop === undefined ? next() : Promise.resolve(give(stop));
  };
  const step =
    (kind: StepKind) =>
    (path = standing()?.path): Promise<Stop | undefined> => {
      if (path === undefined) return stopped();
      if (!debugged.stops.some((stop) => stop.path === path))
        throw new HolonError('invalid-option', `step: nothing stands at ${textOf(path)} now.`);
      // Before the step: who comes to a stand within it must find somebody waiting.
      const reached = next();
      debugged.step(kind, path);
      return reached;
    };
  return {
    run: debugged.run as Run<T>,
    result: debugged.run.result as Promise<T>,
    state: debugged.state,
    get stops() {
      return debugged.stops;
    },
    stopped,
    continue: () => {
      const stop = firstNotGiven();
      if (stop !== undefined) return Promise.resolve(give(stop));
      const reached = next();
      debugged.continue();
      return reached;
    },
    stepOver: step('over'),
    stepInto: step('into'),
    stepOut: step('out'),
    value: (side, path = standing()?.path) =>
      path === undefined ? { kind: 'not-kept', reason: STANDS_NOWHERE } : debugged.value(path, side),
    edit: (value, path = standing()?.path) => {
      const stop = debugged.stops.find((other) => other.path === path);
      if (stop !== undefined) return debugged.edit(stop.path, stop.phase, value);
      const reason = path === undefined ? STANDS_NOWHERE : `Nothing stands at ${path} now.`;
      return { kind: 'refused', why: 'not-held', reason };
    },
  };
}

const STANDS_NOWHERE = 'The run stands nowhere now.';
