// `npm run build`: what is published.
import { bundlePackages } from './lib/bundles.mjs';
import { run } from './lib/processes.mjs';
import { StepFailed, step } from './lib/steps.mjs';
import { ensureWebBuild } from './lib/web-build.mjs';

await step('compiled', async () => {
  const { code, text } = await run('tsc', ['-b']);
  if (code !== 0) throw new StepFailed(text, 'fix the types; `npm run typecheck` shows them again.');
  return 'up to date';
});
await bundlePackages();
await ensureWebBuild();
