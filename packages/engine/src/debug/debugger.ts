import type { AnyFlow, EntryInput, Result } from '@holon/flow';
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
  /** @param node a static id, or a name that only one node has */
  setBreakpoint(node: string, phase?: Phase): PlacedBreakpoint;
  removeBreakpoint(node: string, phase?: Phase): void;
  /** Starts a run; it goes until the first breakpoint, or with `paused` stands at its first node. */
  run(input: EntryInput<F>, options?: { readonly paused?: boolean }): DebuggerRun<Result<F>>;
  close(): Promise<void>;
}

/** One run of a {@link Debugger}. Each way of going on resolves at the next stop, or with undefined when the run has ended. */
export interface DebuggerRun<T> {
  readonly run: Run<T>;
  readonly result: Promise<T>;
  readonly state: RunState;
  /** The stop it stands at, the next if it is running, or undefined once it has ended. */
  stopped(): Promise<Stop | undefined>;
  continue(): Promise<Stop | undefined>;
  stepOver(): Promise<Stop | undefined>;
  stepInto(): Promise<Stop | undefined>;
  stepOut(): Promise<Stop | undefined>;
  /** Input or output at a path; of the current stop when left out. */
  value(side: 'input' | 'output', path?: string): OpenedValue;
  /** Replaces the input (at entry) or output (at exit) of the current stop. */
  edit(value: unknown): EditResult;
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
  const without = (node: string, phase: Phase) =>
    asked.filter((other) => other.node !== node || (other.phase ?? 'entry') !== phase);
  return {
    session,
    setBreakpoint: (node, phase = 'entry') => {
      asked = [...without(node, phase), { node, phase }];
      return session.setBreakpoints(asked).at(-1)!;
    },
    removeBreakpoint: (node, phase = 'entry') => {
      asked = without(node, phase);
      session.setBreakpoints(asked);
    },
    run: (input, startOptions) => follow(session, session.start(input, startOptions)),
    close: () => session.close(),
  };
}

function follow<T>(session: DebugSession, debugged: DebuggedRun): DebuggerRun<T> {
  let current: Stop | undefined;
  let ended = false;
  let waiting: ((stop: Stop | undefined) => void)[] = [];
  const wake = (stop: Stop | undefined): void => {
    current = stop;
    const all = waiting;
    waiting = [];
    for (const resolve of all) resolve(stop);
  };
  const unsubscribe = session.on('stopped', ({ run, stop }) => {
    if (run === debugged) wake(stop);
  });
  const forget = session.on('continued', ({ run }) => {
    if (run === debugged) current = undefined;
  });
  void debugged.run.outcome.then(() => {
    ended = true;
    unsubscribe();
    forget();
    wake(undefined);
  });
  const stopped = (): Promise<Stop | undefined> =>
    ended || current !== undefined ? Promise.resolve(current) : new Promise((resolve) => waiting.push(resolve));
  const step = (kind: StepKind) => () => {
    if (current !== undefined) debugged.step(kind, current.path);
    return stopped();
  };
  return {
    run: debugged.run as Run<T>,
    result: debugged.run.result as Promise<T>,
    state: debugged.state,
    stopped,
    continue: () => {
      debugged.continue();
      return stopped();
    },
    stepOver: step('over'),
    stepInto: step('into'),
    stepOut: step('out'),
    value: (side, path = current?.path ?? '') => debugged.value(path, side),
    edit: (value) => {
      if (current === undefined) return { kind: 'refused', why: 'not-held', reason: 'The run stands nowhere now.' };
      return debugged.edit(current.path, current.phase, value);
    },
  };
}
