import { flow, map, pipe } from '@holon/flow';
import { createEngine } from '../src/index.ts';

/**
 * What the engine costs, beside the plainest code that does the same. `node --conditions=holon-source
 * packages/engine/bench/overhead.ts`; with `--cpu-prof` it says where the time goes.
 */
async function measure(name: string, times: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < Math.max(3, times / 10); i++) await work();
  const began = performance.now();
  for (let i = 0; i < times; i++) await work();
  const ms = (performance.now() - began) / times;
  console.log(`${name.padEnd(52)} ${ms.toFixed(3).padStart(10)} ms`);
}

const engine = createEngine();
const step = async (x: number): Promise<number> => x + 1;
const chain = pipe(Array.from({ length: 1_000 }, () => flow(step)));
const syncChain = pipe(Array.from({ length: 1_000 }, () => flow((x: number) => x + 1)));
const each = map(flow(step), { concurrency: 16 });
const items = Array.from({ length: 10_000 }, (_, i) => i);
const one = flow(step);

await measure('1,000 awaits in a loop', 200, async () => {
  let x = 0;
  for (let i = 0; i < 1_000; i++) x = await step(x);
  return x;
});
await measure('chain of 1,000 async bodies, direct', 200, async () => chain(0));
await measure('chain of 1,000 async bodies, engine', 200, () => engine.execute(chain, 0));
await measure('chain of 1,000 sync bodies, engine', 200, () => engine.execute(syncChain, 0));
await measure('map of 10,000 at 16, direct', 20, async () => each(items));
await measure('map of 10,000 at 16, engine', 20, () => engine.execute(each, items));
await measure('map of 10,000 at 16, engine, one listener', 10, async () => {
  const run = engine.start(each, items);
  run.on(() => undefined);
  return run.result;
});
await measure('1,000 runs of one node', 100, async () => {
  for (let i = 0; i < 1_000; i++) await engine.execute(one, 1);
});
