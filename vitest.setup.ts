import fc from 'fast-check';

// A failed property prints its seed; `FC_SEED=<seed>` repeats it and `FC_RUNS=10000` searches longer.
const { FC_SEED, FC_RUNS } = process.env;
fc.configureGlobal({
  ...(FC_SEED === undefined ? {} : { seed: Number(FC_SEED) }),
  ...(FC_RUNS === undefined ? {} : { numRuns: Number(FC_RUNS) }),
});
