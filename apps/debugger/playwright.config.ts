import { registerHooks } from 'node:module';
import { defineConfig } from '@playwright/test';
import { findChromium } from '../../scripts/lib/find-chromium.mjs';

// Tests that import workspace packages get their sources: this file is loaded by the runner and by each worker.
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    nextResolve(specifier, { ...context, conditions: [...(context.conditions ?? []), 'holon-source'] }),
});

const executablePath = findChromium();
// Workers read this file again and need not search again.
if (executablePath !== undefined) process.env['HOLON_CHROMIUM'] = executablePath;

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: './e2e',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    video: 'off',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        ...(isRoot ? ['--no-sandbox'] : []),
      ],
    },
  },
});
