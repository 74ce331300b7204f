import { HolonError, type OutlineNode, WaitedWork, type Work, type WorkOutcome } from '@holon/flow';
import type { Attempt } from './attempt.ts';
import { RunCore } from './run-core.ts';
import type { RunOutcome } from './run.ts';

/**
 * Work that several calls wait for, as a run of its own: it has the place of its node in the picture of the run
 * that started it, and that run's answers; it is canceled when nobody waits for it any more.
 */
export function startSharedWork(attempt: Attempt, node: OutlineNode, input: unknown): Work {
  const { instance } = attempt;
  const { engine, answers, labels } = instance.run;
  const run = new RunCore(engine, node, input, {
    timeoutMs: undefined,
    signal: undefined,
    answers,
    priority: instance.claim.priority,
    labels,
    parent: { runId: instance.run.id, path: instance.path },
    inline: instance.inline,
  });
  engine.runs.add(run);
  const work = new WaitedWork(() => run.cancel('nobody waits for it any more'));
  instance.run.gate?.watcher?.onShared(run);
  run.begin();
  const ended = run.ended;
  if (ended !== undefined) {
    work.settle(outcomeOf(ended));
    return work;
  }
  void run.outcome.then((outcome) => work.settle(outcomeOf(outcome)));
  // Those who want it join in the same breath; whoever started it may have been canceled meanwhile.
  void Promise.resolve().then(() => work.leaveIfUnwaited());
  return work;
}

function outcomeOf(outcome: RunOutcome<unknown>): WorkOutcome {
  switch (outcome.status) {
    case 'succeeded':
      return { kind: 'value', value: outcome.value };
    case 'failed':
      return { kind: 'error', error: outcome.error };
    case 'canceled':
      return { kind: 'error', error: new HolonError('canceled', `canceled: ${outcome.reason}`) };
  }
}
