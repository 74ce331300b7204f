// `npm run bench`: what it needs, then the measurements. What follows `--` goes to bench/main.ts.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePackages } from './lib/bundles.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root, run } from './lib/processes.mjs';
import { StepFailed, step } from './lib/steps.mjs';

const bench = join(root, 'bench');

await ensureDependencies();
await step('libraries to compare with', installLibraries);
await step('declarations', compile);
await bundlePackages();
const { code } = await run('node', ['bench/main.ts', ...process.argv.slice(2)], { show: true });
process.exitCode = code;

/** Their own folder and lockfile: nobody who works on Holon has to install them. */
async function installLibraries() {
  const stamp = join(bench, 'node_modules', '.holon-stamp');
  const hash = createHash('sha256')
    .update(readFileSync(join(bench, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return undefined;
  const { code, text } = await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: bench });
  if (code !== 0) throw new StepFailed(text, 'run `npm ci` in bench/ and look at its output.');
  writeFileSync(stamp, hash);
  return 'installed';
}

/** Bodies of bench/ import `@holon/…` from the root's node_modules, and so from `dist/`. */
async function compile() {
  const { code, text } = await run('tsc', ['-b', 'packages/engine/tsconfig.src.json']);
  if (code !== 0) throw new StepFailed(text, 'fix the types; `npm run typecheck` shows them again.');
  return 'up to date';
}
