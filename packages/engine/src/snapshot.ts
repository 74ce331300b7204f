import { pictureNode, toWireError } from '@holon/flow';
import { type InstanceState, type RunSnapshot, type RunState, encodeRunState, viewOf } from './events/index.ts';
import type { Instance } from './instance.ts';
import type { RunCore } from './run-core.ts';
import { shown } from './shown.ts';

/**
 * The run's state from its live table: equal to the fold, with `keep: 'open'`, of its events so far.
 *
 * @param after of the last event that whom it is for has got
 */
export function snapshotOf(run: RunCore, after = 0): RunSnapshot {
  const state: RunState = {
    seq: run.log.seq,
    runId: run.begun ? run.id : '',
    flow: run.begun ? run.root.id : '',
    parent: run.begun ? run.parent : undefined,
    labels: run.begun ? run.labels : {},
    status: run.begun ? run.status : 'created',
    reason: run.begun ? run.reason : undefined,
    input: run.begun ? viewOf(shown(run.input)) : undefined,
    output: run.ended?.status === 'succeeded' ? viewOf(run.ended.value) : undefined,
    error: run.ended?.status === 'failed' ? toWireError(run.ended.error) : undefined,
    failedAt: run.ended?.status === 'failed' ? run.ended.path : undefined,
    createdAt: run.createdAt,
    endedAt: run.endedAt,
    instances: new Map(run.open.map((instance) => [instance.path, instanceState(instance)])),
    forgotten: 0,
    counts: run.counts,
    discovered: new Map(
      [...run.ledger.discovered].map(([id, { node, after }]) => [id, { node: pictureNode(node), after }]),
    ),
    choices: run.ledger.choices,
  };
  const { seq } = state;
  return { type: 'run.snapshot', seq, at: run.engine.clock.now(), missed: seq - after, state: encodeRunState(state) };
}

function instanceState(instance: Instance): InstanceState {
  const { notes } = instance;
  return {
    path: instance.path,
    id: instance.node.id,
    parent: instance.caller?.instance.path,
    branch: instance.branch,
    status: instance.status,
    phase: notes?.phase,
    reason: instance.reason,
    attempt: instance.startedAttempt,
    input: viewOf(instance.shownInput),
    output: notes?.editedOutput === true ? viewOf(outputOf(instance)) : undefined,
    error: notes?.failure === undefined ? undefined : toWireError(notes.failure.error),
    answeredBy: notes?.answeredBy,
    edited: notes?.edited ?? false,
    progress: notes?.progress,
    openedAt: instance.openedAt,
    startedAt: instance.startedAt,
    endedAt: undefined,
  };
}

function outputOf(instance: Instance): unknown {
  return instance.outcome?.kind === 'value' ? instance.outcome.value : undefined;
}
