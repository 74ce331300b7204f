/** The same for the engine's workers, which find a flow by the name under which a module exports it. */
import { context, flow } from '@holon/flow';
import { fib, nothing } from './bodies.ts';

export const fibFlow = flow('fib', fib, { isolation: 'thread' });
export const nothingFlow = flow('nothing', nothing, { isolation: 'thread' });

/** For the proof alone. */
export const whereFlow = flow('where', async (_: number) => context().path, { isolation: 'thread' });
export const endlessFlow = flow(
  'endless',
  async (_: number): Promise<number> => {
    for (;;);
  },
  { isolation: 'thread' },
);
