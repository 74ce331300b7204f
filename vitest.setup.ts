import fc from 'fast-check';

// Every run draws anew, and a failed property prints its seed: `FC_SEED=<seed>` repeats it, and
// `FC_RUNS=10000` searches longer. In CI the seed stays the same, so that no change is refused for
// what an unrelated draw has found.
const { CI, FC_SEED = CI === undefined ? undefined : '1', FC_RUNS } = process.env;
fc.configureGlobal({
  ...(FC_SEED === undefined ? {} : { seed: Number(FC_SEED) }),
  ...(FC_RUNS === undefined ? {} : { numRuns: Number(FC_RUNS) }),
});
