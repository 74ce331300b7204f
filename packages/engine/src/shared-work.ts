import { HolonError, type OutlineNode, WaitedWork, type Work, type WorkOutcome } from '@holon/flow';
import type { Attempt } from './attempt.ts';
import { DEFAULT_START } from './options.ts';
import type { RunOutcome } from './run.ts';

/**
 * Work that several calls wait for, as a run of its own: it has the place of its node in the picture of the run
 * that started it, and that run's answers and labels; it is canceled when nobody waits for it any more.
 */
export function startSharedWork(attempt: Attempt, node: OutlineNode, input: unknown): Work {
  const { instance } = attempt;
  const { engine, answers, labels } = instance.run;
  const run = engine.open(node, input, {
    ...DEFAULT_START,
    answers,
    priority: instance.claim.priority,
    labels,
    parent: { runId: instance.run.id, path: instance.path },
    starter: instance,
    inline: instance.inline,
  });
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
