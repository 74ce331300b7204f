import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Workspace packages are tested from their sources, never from dist.
const node = ['holon-source', ...defaultServerConditions];
const browser = ['holon-source', ...defaultClientConditions];

const domTests = ['apps/debugger/web/**/*.test.{ts,tsx}', '**/*.dom.test.{ts,tsx}'];
const never = ['**/node_modules/**', '**/dist/**', '**/e2e/**'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    setupFiles: ['./vitest.setup.ts'],
    projects: [
      {
        extends: true,
        resolve: { conditions: node },
        ssr: { resolve: { conditions: node } },
        test: {
          name: 'node',
          environment: 'node',
          include: ['{packages,apps,examples}/**/*.test.ts', 'scripts/**/*.test.mjs'],
          exclude: [...never, ...domTests],
        },
      },
      {
        extends: true,
        resolve: { conditions: browser },
        ssr: { resolve: { conditions: browser } },
        test: { name: 'dom', environment: 'happy-dom', include: domTests, exclude: never },
      },
    ],
  },
});
