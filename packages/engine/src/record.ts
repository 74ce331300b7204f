import { type OutlineNode, pictureNode, toWireError } from '@holon/flow';
import type { Attempt } from './attempt.ts';
import { discoveriesFrom } from './discover.ts';
import { type Phase, viewOf } from './events/index.ts';
import type { Instance } from './instance.ts';
import { InstanceNotes } from './instance-notes.ts';
import { COUNTED } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { RunCore } from './run-core.ts';

/**
 * What happens to instances: each function writes it into the live table (so that a run can answer
 * without listeners) and publishes it as one event (built only when somebody listens; the log numbers it).
 */

export function opened(instance: Instance): void {
  const { run, node } = instance;
  instance.openedAt = run.now();
  if (node !== run.root) run.ledger.count(node, COUNTED.opened);
  run.values?.put(instance.path, 'input', instance.shownInput);
  if (!run.log.watched) return run.log.skip();
  const parent = instance.caller?.instance.path;
  run.log.append({
    seq: 0,
    at: instance.openedAt,
    type: 'node.opened',
    path: instance.path,
    id: node.id,
    parent,
    branch: instance.branch,
    input: viewOf(instance.shownInput),
  });
}

export function discovered(run: RunCore, node: OutlineNode, after: readonly string[]): void {
  if (run.ledger.discovered.has(node.id)) return;
  for (const found of discoveriesFrom(node, after)) {
    run.ledger.discovered.set(found.node.id, found);
    run.gate?.watcher?.onDiscovered(found.node);
    if (run.log.watched)
      run.log.append({
        seq: 0,
        at: run.now(),
        type: 'node.discovered',
        node: pictureNode(found.node),
        after: found.after,
      });
    else run.log.skip();
  }
}

export function queued(instance: Instance, reason: string): void {
  const { run } = instance;
  instance.status = 'queued';
  instance.reason = reason;
  instance.since = run.now();
  run.monitor?.queued(instance);
  if (!run.log.watched) return run.log.skip();
  run.log.append({ seq: 0, at: instance.since, type: 'node.queued', path: instance.path, reason });
}

export function held(instance: Instance, phase: Phase, reason: string): void {
  const { run } = instance;
  instance.status = 'held';
  noteOn(instance).phase = phase;
  instance.reason = reason;
  instance.since = run.now();
  run.monitor?.stopped(instance);
  if (!run.log.watched) return run.log.skip();
  run.log.append({ seq: 0, at: instance.since, type: 'node.held', path: instance.path, phase, reason });
}

export function released(instance: Instance, phase: Phase, reason: string): void {
  const { run } = instance;
  instance.status = phase === 'entry' ? 'opened' : 'running';
  noteOn(instance).phase = undefined;
  instance.reason = undefined;
  if (!run.log.watched) return run.log.skip();
  run.log.append({ seq: 0, at: run.now(), type: 'node.released', path: instance.path, phase, reason });
}

export function edited(instance: Instance, phase: Phase, value: unknown): void {
  const { run } = instance;
  const notes = noteOn(instance);
  notes.edited = true;
  if (phase === 'exit') notes.editedOutput = true;
  run.values?.put(instance.path, phase === 'entry' ? 'input' : 'output', value);
  if (!run.log.watched) return run.log.skip();
  run.log.append({ seq: 0, at: run.now(), type: 'node.edited', path: instance.path, phase, value: viewOf(value) });
}

export function started(attempt: Attempt): void {
  const { instance } = attempt;
  const { run } = instance;
  instance.status = 'running';
  instance.reason = undefined;
  instance.startedAttempt = attempt.number;
  const { notes } = instance;
  if (notes !== undefined) notes.answeredBy = notes.progress = undefined;
  const at = run.now();
  instance.startedAt ??= at;
  run.monitor?.started(instance);
  if (!run.log.watched) return run.log.skip();
  run.log.append({ seq: 0, at, type: 'node.started', path: instance.path, attempt: attempt.number });
}

export function retrying(instance: Instance, delayMs: number, reason: string, error: unknown): void {
  const { run } = instance;
  instance.status = 'retrying';
  instance.reason = reason;
  noteOn(instance).failure = { error };
  instance.since = run.now();
  run.monitor?.stopped(instance);
  if (!run.log.watched) return run.log.skip();
  run.log.append({
    seq: 0,
    at: instance.since,
    type: 'node.retrying',
    path: instance.path,
    attempt: instance.attemptNumber,
    delayMs,
    reason,
    error: toWireError(error),
  });
}

export function waiting(instance: Instance, reason: string, since: number): void {
  const { run } = instance;
  instance.status = 'waiting';
  instance.reason = reason;
  instance.since = since;
  if (!run.log.watched) return run.log.skip();
  run.log.append({ seq: 0, at: since, type: 'node.waiting', path: instance.path, reason });
}

export function resumed(instance: Instance): void {
  const { run } = instance;
  instance.status = 'running';
  instance.reason = undefined;
  if (!run.log.watched) return run.log.skip();
  run.log.append({ seq: 0, at: run.now(), type: 'node.resumed', path: instance.path });
}

export function answered(instance: Instance, source: string): void {
  const { run } = instance;
  instance.status = 'answered';
  noteOn(instance).answeredBy = source;
  instance.reason = source;
  if (!run.log.watched) return run.log.skip();
  run.log.append({ seq: 0, at: run.now(), type: 'node.answered', path: instance.path, source });
}

export function ended(instance: Instance, outcome: Outcome): void {
  const { run, node } = instance;
  run.monitor?.stopped(instance);
  switch (outcome.kind) {
    case 'value':
      if (node !== run.root) run.ledger.count(node, COUNTED.succeeded);
      run.values?.put(instance.path, 'output', outcome.value);
      if (!run.log.watched) return run.log.skip();
      return run.log.append({
        seq: 0,
        at: run.now(),
        type: 'node.succeeded',
        path: instance.path,
        output: viewOf(outcome.value),
      });
    case 'error': {
      if (node !== run.root) run.ledger.count(node, COUNTED.failed);
      const origin = run.ledger.blame.at(outcome.error, instance);
      const { path } = instance;
      const gaveUp = instance.notes?.gaveUp;
      if (!run.log.watched) return run.log.skip();
      const reason = origin.path === path ? (gaveUp?.reason ?? 'it threw') : `failed in ${origin.path}`;
      return run.log.append({
        seq: 0,
        at: run.now(),
        type: 'node.failed',
        path,
        error: toWireError(outcome.error),
        reason,
        gaveUp: gaveUp?.why,
      });
    }
    case 'canceled':
      if (node !== run.root) run.ledger.count(node, COUNTED.canceled);
      if (!run.log.watched) return run.log.skip();
      return run.log.append({
        seq: 0,
        at: run.now(),
        type: 'node.canceled',
        path: instance.path,
        reason: outcome.error.message,
      });
  }
}

export function abandoned(attempt: Attempt): void {
  const { instance } = attempt;
  const { run } = instance;
  instance.reason = 'abandoned: it ignored its abort and may still be running';
  if (!run.log.watched) return run.log.skip();
  run.log.append({ seq: 0, at: run.now(), type: 'node.abandoned', path: instance.path });
}

/** After the end of the run nobody hears of it any more. */
export function late(attempt: Attempt): void {
  const { run, path } = attempt.instance;
  if (run.endedAt !== undefined) return;
  if (!run.log.watched) return run.log.skip();
  run.log.append({ seq: 0, at: run.now(), type: 'node.late', path, attempt: attempt.number });
}

export function chose(
  instance: Instance,
  mark: string,
  value: string | number | boolean,
  index: number | undefined,
): void {
  const { run } = instance;
  const text = String(value);
  run.ledger.chose(mark, text);
  if (!run.log.watched) return run.log.skip();
  run.log.append({
    seq: 0,
    at: run.now(),
    type: 'choice.made',
    path: instance.path,
    mark,
    value: text,
    index,
    forced: false,
  });
}

/** Of an attempt that has ended, too, as long as the run has not: what an abandoned body says is how it is understood. */
export function logged(
  instance: Instance,
  level: 'debug' | 'info' | 'warn' | 'error',
  message: string,
  data: unknown,
): void {
  const { log, endedAt } = instance.run;
  if (endedAt !== undefined) return;
  if (!log.watched) return log.skip();
  log.append({
    seq: 0,
    at: instance.run.now(),
    type: 'node.logged',
    path: instance.path,
    level,
    message: String(message),
    data: data === undefined ? undefined : viewOf(data),
  });
}

/** What an attempt tells after its end is dropped, as its result is. */
export function progressed(attempt: Attempt, fraction: number, message: string | undefined): void {
  const { instance } = attempt;
  const { log } = instance.run;
  if (attempt.ended) return;
  const done = Math.min(1, Math.max(0, Number(fraction) || 0));
  noteOn(instance).progress = done;
  if (!log.watched) return log.skip();
  log.append({
    seq: 0,
    at: instance.run.now(),
    type: 'node.progressed',
    path: instance.path,
    fraction: done,
    message,
  });
}

export function emitted(attempt: Attempt, name: string, data: unknown): void {
  const { instance } = attempt;
  const { log } = instance.run;
  if (attempt.ended) return;
  if (!log.watched) return log.skip();
  log.append({
    seq: 0,
    at: instance.run.now(),
    type: 'node.emitted',
    path: instance.path,
    name: String(name),
    data: data === undefined ? undefined : viewOf(data),
  });
}

export function gaveUp(instance: Instance, decision: NonNullable<InstanceNotes['gaveUp']>): void {
  noteOn(instance).gaveUp = decision;
}

function noteOn(instance: Instance): InstanceNotes {
  return (instance.notes ??= new InstanceNotes());
}
