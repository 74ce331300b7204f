import { type OutlineNode, toWireError } from '@holon/flow';
import { type Placement, type StepPlan, decidePause, relationOf } from './debug/pause.ts';
import type { Phase, Stop } from './events/index.ts';
import type { Instance } from './instance.ts';
import * as record from './record.ts';
import type { RunCore } from './run-core.ts';

/** Who wants to hear of what happens at a gate: a debug session. */
export interface GateWatcher {
  /** An instance came to a stand by itself. The run is paused by now. */
  onStopped(stop: Stop): void;
  /** Those who stand here are about to go on. */
  onResumed(): void;
  /** Who stands here has changed. */
  onChanged(): void;
  /** Something in the run is about to start work that others may wait for as well: a run of its own, which has not begun. */
  onShared(work: RunCore): void;
  /** Plain code is about to call, for the first time in this run, what stands at this place. Heard at once, so that it can be stopped at. */
  onDiscovered(node: OutlineNode): void;
}

/**
 * Where instances wait, before their body and after it. Whether they have to is `decidePause`'s to
 * say. A held instance has no slot, and the timeouts above it stand still.
 */
export class Gate {
  /** Set while nothing new may start; `announce` until the first instance has come to a stand because of it. */
  paused: { readonly reason: string; readonly announce: 'pause' | 'start' | undefined } | undefined;
  /** Static ids with a breakpoint; replaced whole. */
  breakpoints: Readonly<Record<Phase, ReadonlySet<string>>> = { entry: new Set(), exit: new Set() };
  step: StepPlan | undefined;
  watcher: GateWatcher | undefined;
  readonly #run: RunCore;
  readonly #held = new Map<Instance, Stop>();

  constructor(run: RunCore) {
    this.#run = run;
  }

  /** Whether the instance has to wait; then {@link Instance.onReleased} is called when it may go on. */
  enter(instance: Instance, phase: Phase): boolean {
    const decision = decidePause({
      phase,
      breakpoint: this.breakpoints[phase].has(instance.node.id),
      failure: instance.outcome?.kind === 'error' ? toWireError(instance.outcome.error).message : undefined,
      paused: this.paused,
      step:
        this.step === undefined
          ? undefined
          : { kind: this.step.kind, relation: relationOf(placementOf(instance), this.step.from) },
      isRootComposite: instance.caller === undefined && !instance.node.definition.isTask,
    });
    if (decision.kind === 'pass') return false;
    const { why, reason } = decision;
    const stop: Stop = { path: instance.path, id: instance.node.id, phase, why, reason, branch: instance.branch };
    if (why !== 'suspended') this.#comeToStand(`${reason} (${instance.path})`);
    // Hearing of the pause, a listener may have canceled the run: then it stands nowhere any more.
    if (instance.ended) return true;
    this.#held.set(instance, stop);
    this.#freezeAbove(instance);
    record.held(instance, phase, reason);
    if (why !== 'suspended' && this.#held.has(instance)) this.watcher?.onStopped(stop);
    this.watcher?.onChanged();
    return true;
  }

  /** One instance stopped by itself: a step is done, and nothing else may start. */
  #comeToStand(reason: string): void {
    this.step = undefined;
    if (this.paused === undefined) this.#run.pause(reason, 'pause');
    this.paused = { reason: this.paused?.reason ?? reason, announce: undefined };
  }

  /** Lets one go on, the others waiting. */
  release(instance: Instance, reason: string): void {
    const stop = this.#held.get(instance);
    if (stop === undefined) return;
    this.#held.delete(instance);
    this.#thawAbove(instance);
    record.released(instance, stop.phase, reason);
    this.watcher?.onChanged();
    this.#run.enter(() => instance.onReleased(stop.phase));
  }

  /** Lets all go on that stand here now; unless one of them, going on, pauses the run again. */
  releaseAll(reason: string): void {
    this.watcher?.onResumed();
    for (const instance of [...this.#held.keys()]) {
      if (this.paused !== undefined) return;
      this.release(instance, reason);
    }
  }

  /** A step under way is given up: the next to arrive stops. */
  pauseAgain(reason: string): void {
    this.step = undefined;
    this.paused = { reason, announce: 'pause' };
  }

  /** A held instance is canceled: it waits no longer. */
  drop(instance: Instance): void {
    if (!this.#held.delete(instance)) return;
    this.#thawAbove(instance);
    this.watcher?.onChanged();
  }

  /** Who stands here: those that stopped by themselves first, each group in order of arrival. */
  get stops(): readonly Stop[] {
    const all = [...this.#held.values()];
    return [...all.filter((stop) => stop.why !== 'suspended'), ...all.filter((stop) => stop.why === 'suspended')];
  }

  find(path: string): Instance | undefined {
    for (const [instance, stop] of this.#held) if (stop.path === path) return instance;
    return undefined;
  }

  stopOf(instance: Instance): Stop | undefined {
    return this.#held.get(instance);
  }

  /** Says anew why one stands here: a step or pause that can't go on ends at it. */
  restate(held: Stop, why: Stop['why'], reason: string): Stop {
    const stop: Stop = { ...held, why, reason };
    const instance = this.find(held.path)!;
    this.#comeToStand(reason);
    this.#held.set(instance, stop);
    record.held(instance, stop.phase, reason);
    return stop;
  }

  #freezeAbove(instance: Instance): void {
    for (let above = instance.caller; above !== undefined; above = above.instance.caller) above.freeze();
    if (this.#held.size === 1) this.#run.freeze();
  }

  #thawAbove(instance: Instance): void {
    for (let above = instance.caller; above !== undefined; above = above.instance.caller) above.thaw();
    if (this.#held.size === 0) this.#run.thaw();
  }
}

/** Where an instance stands in the tree of instances, as `decidePause` wants to know it. */
export function placementOf(instance: Instance): Placement {
  const above: string[] = [];
  const branches = [instance.branch];
  for (let caller = instance.caller; caller !== undefined; caller = caller.instance.caller) {
    above.push(caller.instance.path);
    branches.push(caller.instance.branch);
  }
  return { path: instance.path, above, branch: instance.branch, branches };
}
