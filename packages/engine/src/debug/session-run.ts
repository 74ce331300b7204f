import { ArgumentList, HolonError, type OutlineNode, applySchema, textOf, toWireError } from '@holon/flow';
import {
  type EditResult,
  type Frame,
  type OpenedValue,
  type Phase,
  type RunEvent,
  type RunState,
  type StepKind,
  type Stop,
  emptyRunState,
  fold,
} from '../events/index.ts';
import { Gate, type GateWatcher, placementOf } from '../gate.ts';
import type { Instance } from '../instance.ts';
import * as record from '../record.ts';
import type { RunCore } from '../run-core.ts';
import { RunHandle } from '../run-handle.ts';
import type { Run } from '../run.ts';
import type { WaitKind } from '../scheduling/wait-reason.ts';
import { shown } from '../shown.ts';
import { ValueTable } from '../value-table.ts';
import type { Untold } from '../turn.ts';
import { waitingIn } from '../waiting.ts';
import type { DebuggedRun } from './session.ts';

/** What a run tells the session it belongs to. */
export interface SessionRunWatcher {
  onStopped(run: SessionRun, stop: Stop): void;
  onContinued(run: SessionRun, path: string | undefined): void;
  onStopsChanged(run: SessionRun): void;
  onDiscovered(node: OutlineNode): void;
  onShared(work: RunCore): void;
}

/** A run under a debug session: its gate, its values and its folded state. */
export class SessionRun implements DebuggedRun, GateWatcher, Untold {
  readonly run: Run;
  readonly state: RunState = emptyRunState();
  readonly #core: RunCore;
  readonly #gate: Gate;
  readonly #values = new ValueTable();
  readonly #watcher: SessionRunWatcher;
  #notices: (() => void)[] = [];
  #checkPending = false;

  /** Before the run begins. */
  constructor(core: RunCore, watcher: SessionRunWatcher) {
    this.#core = core;
    this.#watcher = watcher;
    this.run = new RunHandle(core);
    this.#gate = core.gate ??= new Gate(core);
    this.#gate.watcher = this;
    core.values = this.#values;
    core.log.on((event) => this.#onEvent(event));
  }

  /** Static ids at which it stops. */
  setBreakpoints(breakpoints: Gate['breakpoints']): void {
    this.#gate.breakpoints = breakpoints;
  }

  get stops(): readonly Stop[] {
    return this.#gate.stops;
  }

  frames(path: string): readonly Frame[] {
    const frames: Frame[] = [];
    let instance: Instance | undefined = this.#core.open.find((open) => open.path === path);
    while (instance !== undefined) {
      frames.push({ path: instance.path, id: instance.node.id, label: instance.node.label });
      instance = instance.caller?.instance;
    }
    return frames;
  }

  value(path: string, side: 'input' | 'output'): OpenedValue {
    const kept = this.#values.get(path, side) ?? (side === 'output' ? this.#heldOutput(path) : undefined);
    if (kept !== undefined) return { kind: 'value', view: kept.view, json: kept.json, revision: kept.revision };
    const known = this.state.instances.has(path);
    if (!known) return { kind: 'not-kept', reason: `This run has no instance ${path}.` };
    if (this.#values.dropped > 0) return { kind: 'not-kept', reason: 'No longer kept: newer values took its place.' };
    return { kind: 'not-kept', reason: side === 'output' ? 'It has no output so far.' : 'It has no input.' };
  }

  /** What an instance held at its exit will give: kept from the first look on, so that it can be edited. */
  #heldOutput(path: string): ReturnType<ValueTable['get']> {
    const outcome = this.#gate.find(path)?.outcome;
    if (outcome?.kind !== 'value') return undefined;
    this.#values.put(path, 'output', outcome.value);
    return this.#values.get(path, 'output');
  }

  edit(path: string, phase: Phase, value: unknown, revision?: number): EditResult {
    const instance = this.#gate.find(path);
    if (instance === undefined || this.#gate.stopOf(instance)?.phase !== phase) {
      return {
        kind: 'refused',
        why: 'not-held',
        reason: `${path} is not held at its ${phase}: only what stands still can be edited.`,
      };
    }
    const side = phase === 'entry' ? 'input' : 'output';
    const current = this.value(path, side);
    if (revision !== undefined && current.kind === 'value' && current.revision !== revision) {
      return {
        kind: 'refused',
        why: 'stale',
        reason: 'Someone else has changed this value meanwhile: look at it again.',
      };
    }
    try {
      if (phase === 'entry') instance.input = checkedInput(instance, value);
      else instance.outcome = { kind: 'value', value: checkedOutput(instance, value) };
    } catch (error) {
      return { kind: 'refused', why: 'invalid', reason: toWireError(error).message };
    }
    record.edited(instance, phase, shown(value));
    const kept = this.value(path, side);
    return { kind: 'edited', revision: kept.kind === 'value' ? kept.revision : 0 };
  }

  step(kind: StepKind, path: string): boolean {
    const instance = this.#gate.find(path);
    if (instance === undefined) return false;
    this.#gate.step = { kind, from: placementOf(instance) };
    this.#watcher.onContinued(this, path);
    this.#gate.release(instance, `stepped ${kind}`);
    this.#checkLater();
    return true;
  }

  continue(reason = 'continued'): void {
    this.#core.resume(reason);
  }

  pause(): void {
    if (this.#gate.step !== undefined) this.#gate.pauseAgain(PAUSED_BY_HAND);
    else this.#core.pause(PAUSED_BY_HAND, 'pause');
    this.#checkLater();
  }

  cancel(reason = 'canceled by hand'): void {
    this.#core.cancel(reason);
  }

  onStopped(stop: Stop): void {
    this.#notify(() => {
      if (this.#gate.find(stop.path) !== undefined) this.#watcher.onStopped(this, stop);
    });
  }

  onResumed(): void {
    this.#notify(() => this.#watcher.onContinued(this, undefined));
  }

  onShared(work: RunCore): void {
    this.#watcher.onShared(work);
  }

  onChanged(): void {
    this.#notify(() => this.#watcher.onStopsChanged(this));
  }

  onDiscovered(node: OutlineNode): void {
    this.#watcher.onDiscovered(node);
  }

  /** Told after the events that led to it, so that `state` has them. */
  #notify(notice: () => void): void {
    if (this.#notices.push(notice) === 1) this.#core.engine.turn.hasNews(this);
  }

  tell(): void {
    this.#core.log.tell();
    const notices = this.#notices;
    this.#notices = [];
    for (const notice of notices) notice();
  }

  #onEvent(event: RunEvent): void {
    fold(this.state, event, { keep: 'all' });
    if (this.#announces) this.#checkLater();
  }

  /** Whether somebody waits to be told of the next to come to a stand. */
  get #announces(): boolean {
    return this.#gate.step !== undefined || this.#gate.paused?.announce === 'pause';
  }

  /** A step or pause that nobody can come to must not seem to run: looked at once all that is ready has gone on. */
  #checkLater(): void {
    if (this.#checkPending) return;
    this.#checkPending = true;
    this.#core.engine.clock.defer(() => {
      this.#checkPending = false;
      this.#endStuck();
    });
  }

  /** The branch of the step has come to need one that is held, or only held ones are left to pause: it ends there, and says so. */
  #endStuck(): void {
    const [first] = this.#gate.stops;
    if (!this.#announces || first === undefined || isBusy(this.#core)) return;
    const stepping = this.#gate.step !== undefined;
    const stop = stepping
      ? this.#gate.restate(first, 'step', `the step is waiting for ${first.path}, which is held`)
      : this.#gate.restate(first, 'pause', PAUSED_BY_HAND);
    this.onStopped(stop);
    this.onChanged();
  }
}

const PAUSED_BY_HAND = 'paused by hand';

/** Who waits for these goes on when somebody else in the run does, and not by itself. */
const HANGS_ON_OTHERS: ReadonlySet<WaitKind> = new Set(['dependency', 'debugger', 'key', 'flow-limit']);

/** Whether anything in the run can go on by itself. */
function isBusy(core: RunCore): boolean {
  if (waitingIn(core).some(({ kind }) => !HANGS_ON_OTHERS.has(kind))) return true;
  for (const { status, attempt, node } of core.open) {
    if (status !== 'running' || attempt === undefined) continue;
    if (node.definition.isTask ? !attempt.awaitsChildren : attempt.scope.isEmpty) return true;
  }
  return false;
}

function checkedInput(instance: Instance, value: unknown): unknown {
  const { definition, label } = instance.node;
  const input = instance.input instanceof ArgumentList ? argumentsOf(instance.input, value, label) : value;
  if (definition.input !== undefined) applySchema(definition.input, input, 'input', label);
  return input;
}

function argumentsOf(before: ArgumentList, value: unknown, label: string): ArgumentList {
  const count = before.values.length;
  if (Array.isArray(value) && value.length === count) return new ArgumentList(value);
  throw new HolonError(
    'invalid-input',
    `"${label}" was given ${count} arguments: give as many, as a list. Given: ${textOf(value)}`,
  );
}

function checkedOutput(instance: Instance, value: unknown): unknown {
  const { definition, label } = instance.node;
  if (instance.outcome?.kind !== 'value')
    throw new HolonError('invalid-output', `"${label}" has failed: there is no output to replace.`);
  return definition.output === undefined ? value : applySchema(definition.output, value, 'output', label);
}
