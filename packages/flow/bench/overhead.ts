import {
  type Graph,
  batch,
  branch,
  circuitBreaker,
  debounce,
  describe,
  flow,
  graph,
  loop,
  map,
  memoize,
  parallel,
  pipe,
  rateLimit,
  throttle,
} from '../src/index.ts';

/**
 * What a flow costs to define, to describe and to call, beside the plainest code that does the same. `node
 * --conditions=holon-source packages/flow/bench/overhead.ts`. Only ratios within one run mean something.
 */
const SAMPLES = 20;
const SAMPLE_MS = 10;

/** Nanoseconds a call takes: the least of several samples, as whatever else the machine does only adds. */
async function cost(work: (times: number) => unknown): Promise<number> {
  let times = 1;
  for (;;) {
    const began = performance.now();
    await work(times);
    if (performance.now() - began > SAMPLE_MS) break;
    times *= 2;
  }
  const samples: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const began = performance.now();
    await work(times);
    samples.push(((performance.now() - began) / times) * 1e6);
  }
  return Math.min(...samples);
}

const again = (make: () => unknown) => (times: number) => {
  for (let i = 0; i < times; i++) make();
};
const calls = (call: (x: number) => unknown) => (times: number) => {
  for (let i = 0; i < times; i++) call(i);
};
const awaited = (call: (x: number) => unknown) => async (times: number) => {
  for (let i = 0; i < times; i++) await call(i);
};

function row(name: string, ns: number, bare?: number): void {
  const ratio = bare === undefined ? '' : `${(ns - bare).toFixed(0).padStart(10)} ns more, ${(ns / bare).toFixed(1)} ×`;
  console.log(`${name.padEnd(44)} ${ns.toFixed(ns < 100 ? 1 : 0).padStart(10)} ns ${ratio}`);
}

const inc = (x: number): number => x + 1;
const incLater = async (x: number): Promise<number> => x + 1;

const flowInc = flow('inc', inc);
const flowLater = flow('incLater', incLater);
const items = Array.from({ length: 100 }, (_, i) => i);
const known = memoize(flowInc);
const map100 = map(flowLater, { concurrency: 100 });
const throttled = throttle(flowLater, '1h');
const limited = rateLimit(flowLater, { limit: 1_000_000, interval: 1 });
const debounced = debounce(flowLater, 0);
const batched = batch(async (list: number[]) => list, { delay: 0 });
const two = graph('two', (g: Graph<number>) => [g.add(incLater, g.input), g.add(incLater, g.input)]);

console.log('Definition, one flow');
row('a closure', await cost(again(() => (x: number) => inc(x))));
row('flow(fn)', await cost(again(() => flow(inc))));
row('flow.with({ retry })', await cost(again(() => flow(inc).with({ retry: 3 }))));
row('pipe(a, b)', await cost(again(() => pipe(flowInc, flowInc))));
row('map(a)', await cost(again(() => map(flowInc))));
row('parallel({ a, b })', await cost(again(() => parallel({ a: flowInc, b: flowInc }))));
row('describe(flow(fn))', await cost(again(() => describe(flow(inc)))));

console.log('\nDirect calls, synchronous');
const bare = await cost(calls(inc));
row('bare function', bare);
row('flow(fn)', await cost(calls(flowInc)), bare);
const bareThree = await cost(calls((x) => inc(inc(inc(x)))));
row('three bare functions', bareThree);
row('pipe of three', await cost(calls(pipe(flowInc, flowInc, flowInc))), bareThree);
row('branch', await cost(calls(branch('b', (x: number) => x > 0, { true: flowInc, false: flowInc }))), bare);
const bareLoop = await cost(
  calls((x) => {
    let value = x;
    for (let i = 0; i < 10; i++) value = inc(value);
    return value;
  }),
);
row('a loop of ten', bareLoop);
row('loop of ten', await cost(calls(loop('l', flowInc, { max: 10, onMax: 'return' }))), bareLoop);
row('memoize, known', await cost(calls(() => known(1))), bare);
row('circuitBreaker', await cost(calls(circuitBreaker(flowInc))), bare);

console.log('\nDirect calls, asynchronous');
const bareLater = await cost(awaited(incLater));
row('bare async function', bareLater);
row('flow(fn)', await cost(awaited(flowLater)), bareLater);
const bareLaterThree = await cost(awaited(async (x) => incLater(await incLater(await incLater(x)))));
row('three bare async functions', bareLaterThree);
row('pipe of three', await cost(awaited(pipe(flowLater, flowLater, flowLater))), bareLaterThree);
const bareTwo = await cost(awaited((x) => Promise.all([incLater(x), incLater(x)])));
row('Promise.all of two', bareTwo);
row('parallel of two', await cost(awaited(parallel([flowLater, flowLater]))), bareTwo);
row('graph of two', await cost(awaited(two)), bareTwo);
const bareMap = await cost(awaited(() => Promise.all(items.map(incLater))));
row('Promise.all over 100', bareMap);
row('map over 100', await cost(awaited(() => map100(items))), bareMap);
row('throttle, within', await cost(awaited(throttled)), bareLater);
row('rateLimit, never reached', await cost(awaited(limited)), bareLater);
const bareTimer = await cost(awaited((x) => new Promise((resolve) => setTimeout(resolve, 0, x))));
row('a timer of 0 ms', bareTimer);
row('debounce of 0 ms', await cost(awaited(debounced)), bareTimer);
row('batch of one, 0 ms', await cost(awaited(batched)), bareTimer);
