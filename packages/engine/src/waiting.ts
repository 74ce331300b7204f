import type { Instance } from './instance.ts';
import { PlainCode } from './plain-code.ts';
import type { RunCore } from './run-core.ts';
import type { Waiting } from './run.ts';

/** Everyone in a run who waits, from its live table. */
export function waitingIn(run: RunCore): readonly Waiting[] {
  const { open, engine, root } = run;
  const admission = engine.admission?.waitOf(run);
  if (admission !== undefined) return [{ path: root.id, ...admission }];
  return [...queuedIn(run), ...timedIn(run, open), ...heldIn(open), ...parentsIn(open)];
}

/** For the scheduler: for a place, a limit, the machine. */
function queuedIn(run: RunCore): Waiting[] {
  const { slots, clock } = run.engine;
  const waiting: Waiting[] = [];
  for (const { waiter, why, since } of slots.waiting()) {
    const instance = waiter instanceof PlainCode ? waiter.instance : (waiter as Instance);
    if (instance.run !== run) continue;
    const { untilMs, ...rest } = why;
    const until = untilMs === undefined ? {} : { until: clock.now() + untilMs - clock.elapsed() };
    waiting.push({ path: instance.path, ...rest, since: since ?? instance.since, ...until });
  }
  return waiting;
}

/** For a time or for something outside: what ends first comes first. */
function timedIn({ waits, engine: { clock } }: RunCore, open: readonly Instance[]): Waiting[] {
  const timed: { readonly waiting: Waiting; readonly dueAt: number }[] = [];
  const add = (waiting: Waiting, dueAt: number | undefined): void => {
    const until = dueAt === undefined ? {} : { until: clock.now() + dueAt - clock.elapsed() };
    timed.push({ waiting: { ...waiting, ...until }, dueAt: dueAt ?? Number.POSITIVE_INFINITY });
  };
  for (const instance of open) {
    const { path, reason = '', since, retriesAt } = instance;
    if (retriesAt !== undefined) add({ path, kind: 'retry', reason, since }, retriesAt);
  }
  for (const { instance, kind, reason, since, dueAt } of waits ?? [])
    add({ path: instance.path, kind, reason, since }, dueAt);
  return timed.toSorted((a, b) => a.dueAt - b.dueAt).map(({ waiting }) => waiting);
}

function heldIn(open: readonly Instance[]): Waiting[] {
  return open
    .filter(({ status }) => status === 'held')
    .map(({ path, reason = '', since }) => ({ path, kind: 'debugger', reason, since }));
}

/** For what they have called: inner ones first, since those go on first. */
function parentsIn(open: readonly Instance[]): Waiting[] {
  const children = new Map<Instance, { readonly first: Instance; count: number }>();
  for (const instance of open) {
    const parent = instance.caller?.instance;
    if (parent === undefined) continue;
    const those = children.get(parent);
    if (those === undefined) children.set(parent, { first: instance, count: 1 });
    else those.count += 1;
  }
  const parents: Waiting[] = [];
  for (const [{ path, status }, { first, count }] of children) {
    if (status !== 'running') continue;
    const others = count === 1 ? '' : ` and ${count - 1} more`;
    parents.push({ path, kind: 'dependency', reason: `waiting for ${first.path}${others}`, since: first.openedAt });
  }
  return parents.toReversed();
}
