import type { IsolationPolicy } from '@holon/flow';
import type { EngineCore } from '../engine-core.ts';
import type { Executor } from './executor.ts';

/** How an executor of each kind is opened: loaded only by engines that run something isolated. */
const OPEN: Readonly<Record<IsolationPolicy['kind'], (engine: EngineCore) => Promise<Executor>>> = {
  thread: async ({ timers, threads, gracePeriodMs }) => {
    const { Threads } = await import('./thread/threads.ts');
    return new Threads({ timers, threads, gracePeriodMs });
  },
};

export function openExecutor(kind: IsolationPolicy['kind'], engine: EngineCore): Promise<Executor> {
  return OPEN[kind](engine);
}
