// The browser app in apps/debugger/dist/web, rebuilt when anything that goes into it has changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './processes.mjs';
import { StepFailed, step } from './steps.mjs';

const app = join(root, 'apps', 'debugger');
const built = join(app, 'dist', 'web', 'index.html');
const stamp = join(app, 'dist', '.web-stamp');
const inputs = [
  'apps/debugger/web',
  'apps/debugger/protocol',
  'packages/viz/src',
  'packages/engine/src/events',
  'packages/flow/src',
  'apps/debugger/vite.config.ts',
  'package-lock.json',
];

/** `anyWillDo`: an outdated build is good enough, such as while somebody is in the middle of an edit. */
export async function ensureWebBuild({ anyWillDo = false } = {}) {
  await step('web app', async () => {
    if (anyWillDo && existsSync(built)) return undefined;
    const hash = hashOfInputs();
    if (existsSync(built) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return undefined;
    const { code, text } = await run('vite', ['build', '--logLevel', 'warn'], { cwd: app });
    if (code !== 0) throw new StepFailed(text, 'fix the error above; `npm run build` shows it again.');
    writeFileSync(stamp, hash);
    return 'built';
  });
}

function hashOfInputs() {
  const hash = createHash('sha256');
  const add = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (!statSync(full).isDirectory()) hash.update(`${path}\0`).update(readFileSync(full));
    else for (const name of readdirSync(full)) if (!name.includes('.test.')) add(`${path}/${name}`);
  };
  inputs.forEach(add);
  return hash.digest('hex');
}
