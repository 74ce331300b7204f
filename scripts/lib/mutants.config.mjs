// How vitest runs the properties with the mistake planted whose number is in HOLON_MUTANT.
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { mutants, plant, properties } from './mutants.mjs';
import { root } from './processes.mjs';

const conditions = ['holon-source', ...defaultServerConditions];

export default defineConfig({
  root,
  plugins: [plant(mutants[Number(process.env.HOLON_MUTANT)], root)],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // A mistake may leave a run hanging: that is found as well, but sooner.
  test: { include: properties, setupFiles: ['./vitest.setup.ts'], testTimeout: 60_000, bail: 1 },
});
