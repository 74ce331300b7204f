import type { RunEvent } from '../index.ts';

/** Where an instance is, by its events so far. */
type Where =
  | 'ready'
  | 'held at entry'
  | 'held at exit'
  | 'queued'
  | 'running'
  | 'waiting'
  | 'answered'
  | 'retrying'
  | 'over';

interface Told {
  where: Where;
  attempt: number;
  lateAttempts: Set<number>;
  abandonedAttempt: number;
}

/** Which event may come where, and where the instance is then; `docs/events.md` says the same in words. */
const STEPS: Readonly<Record<Where, Readonly<Partial<Record<RunEvent['type'], Where>>>>> = {
  ready: {
    'node.held': 'held at entry',
    'node.queued': 'queued',
    'node.started': 'running',
    'node.answered': 'answered',
    // What was asked for an answer, or for a key, threw.
    'node.retrying': 'retrying',
    'node.failed': 'over',
    'node.canceled': 'over',
  },
  'held at entry': {
    'node.held': 'held at entry',
    'node.edited': 'held at entry',
    'node.released': 'ready',
    'node.canceled': 'over',
  },
  queued: { 'node.queued': 'queued', 'node.started': 'running', 'node.canceled': 'over' },
  running: {
    'node.waiting': 'waiting',
    'node.retrying': 'retrying',
    'node.abandoned': 'running',
    'node.progressed': 'running',
    'node.emitted': 'running',
    'node.held': 'held at exit',
    'node.succeeded': 'over',
    'node.failed': 'over',
    'node.canceled': 'over',
  },
  waiting: {
    'node.waiting': 'waiting',
    'node.resumed': 'running',
    'node.progressed': 'waiting',
    'node.emitted': 'waiting',
  },
  answered: {
    'node.retrying': 'retrying',
    'node.held': 'held at exit',
    'node.succeeded': 'over',
    'node.failed': 'over',
  },
  retrying: {
    'node.held': 'held at entry',
    'node.queued': 'queued',
    'node.started': 'running',
    'node.answered': 'answered',
    'node.retrying': 'retrying',
    'node.failed': 'over',
    'node.canceled': 'over',
  },
  'held at exit': {
    'node.held': 'held at exit',
    'node.edited': 'held at exit',
    'node.released': 'running',
    'node.canceled': 'over',
  },
  over: {},
};

const RUN_ENDS: readonly RunEvent['type'][] = ['run.succeeded', 'run.failed', 'run.canceled'];

/** What is wrong with the events of a run that has ended: the order in which they may come, and how often. */
export function faultsOf(events: readonly RunEvent[]): readonly string[] {
  const faults: string[] = [];
  const told = new Map<string, Told>();
  const openBelow = new Map<string, number>();
  const parents = new Map<string, string | undefined>();
  let run = 'new' as 'new' | 'created' | 'running' | 'paused' | 'canceling' | 'over';
  let started = 0;

  const fault = (event: RunEvent, what: string): void => {
    faults.push(`${event.seq} ${event.type}${'path' in event ? ` ${event.path}` : ''}: ${what}`);
  };
  const count = (path: string | undefined, by: number): void => {
    if (path !== undefined) openBelow.set(path, (openBelow.get(path) ?? 0) + by);
  };

  const takeOfRun = (event: RunEvent): void => {
    if (event.type === 'run.created') {
      if (run !== 'new') fault(event, `in a run that is ${run}`);
      run = 'created';
    } else if (event.type === 'run.started') {
      if (++started > 1 || (run !== 'created' && run !== 'paused')) fault(event, `in a run that is ${run}`);
      if (run === 'created') run = 'running';
    } else if (event.type === 'run.paused') {
      if (run !== 'running' && run !== 'created') fault(event, `in a run that is ${run}`);
      run = 'paused';
    } else if (event.type === 'run.resumed') {
      if (run !== 'paused') fault(event, `in a run that is ${run}`);
      run = 'running';
    } else if (event.type === 'run.canceling') {
      if (run !== 'running' && run !== 'paused') fault(event, `in a run that is ${run}`);
      run = 'canceling';
    } else if (RUN_ENDS.includes(event.type)) {
      for (const [path, { where }] of told) if (where !== 'over') fault(event, `while ${path} is ${where}`);
      run = 'over';
    }
  };

  const takeOfInstance = (event: RunEvent & { readonly path: string }): void => {
    const instance = told.get(event.path);
    if (instance === undefined) return fault(event, 'before it was opened');
    if (event.type === 'choice.made') {
      if (instance.where !== 'running' && instance.where !== 'waiting') fault(event, `while it is ${instance.where}`);
      return;
    }
    if (event.type === 'node.logged') {
      if (instance.attempt === 0) fault(event, 'before its body was called');
      return;
    }
    if (event.type === 'node.late') {
      if (event.attempt > instance.attempt) fault(event, 'of an attempt that has not begun');
      if (instance.lateAttempts.has(event.attempt)) fault(event, 'twice');
      instance.lateAttempts.add(event.attempt);
      return;
    }
    if (event.type === 'node.started') {
      if (started === 0) fault(event, 'in a run that has not started');
      if (event.attempt <= instance.attempt) fault(event, `attempt ${event.attempt} after ${instance.attempt}`);
      instance.attempt = event.attempt;
    }
    if (event.type === 'node.abandoned') {
      if (instance.abandonedAttempt === instance.attempt) fault(event, 'twice');
      instance.abandonedAttempt = instance.attempt;
    }
    const before = instance.where;
    const next = STEPS[before][event.type];
    if (next === undefined) return fault(event, `while it is ${before}`);
    instance.where = event.type === 'node.held' ? (event.phase === 'entry' ? 'held at entry' : 'held at exit') : next;
    if (instance.where !== next)
      fault(event, `at its ${event.type === 'node.held' ? event.phase : ''} while it is ${before}`);
    if (next === 'over') {
      if ((openBelow.get(event.path) ?? 0) > 0) fault(event, 'before what it called');
      count(parents.get(event.path), -1);
    }
  };

  for (const [index, event] of events.entries()) {
    if (event.seq !== index + 1) fault(event, `is number ${index + 1}`);
    if (run === 'over') fault(event, 'after the end of the run');
    if (run === 'new' && event.type !== 'run.created') fault(event, 'before run.created');
    if (event.type === 'node.opened') {
      if (told.has(event.path)) fault(event, 'twice');
      if (event.parent !== undefined && (told.get(event.parent)?.where ?? 'over') === 'over')
        fault(event, 'in one that is not open');
      told.set(event.path, { where: 'ready', attempt: 0, lateAttempts: new Set(), abandonedAttempt: 0 });
      parents.set(event.path, event.parent);
      count(event.parent, 1);
    } else if (event.type.startsWith('run.')) takeOfRun(event);
    else if ('path' in event) takeOfInstance(event);
  }
  if (run !== 'over') faults.push(`the run is ${run} at the end`);
  return faults;
}
