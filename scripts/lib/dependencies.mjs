// node_modules as the lockfile says, and a Node that is new enough to run the project.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { environment, root, run } from './processes.mjs';
import { StepFailed, step } from './steps.mjs';

const lockfile = join(root, 'package-lock.json');
const stamp = join(root, 'node_modules', '.holon-stamp');
const installed = join(root, 'node_modules', '.package-lock.json');

export async function ensureDependencies() {
  await step('dependencies', async () => {
    const hash = createHash('sha256').update(readFileSync(lockfile)).digest('hex');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return undefined;
    const asLocked = isInstalledAsLocked();
    if (!asLocked) await install();
    writeFileSync(stamp, hash);
    return asLocked ? 'already as the lockfile says' : 'installed';
  });
  await step('Node 24', ensureNode);
}

/** After `npm install` there is no stamp, but npm's own record says the same as the lockfile. */
function isInstalledAsLocked() {
  if (!existsSync(installed)) return false;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, link, optional }]) => {
    if (!path.includes('node_modules/')) return true;
    const entry = present[path];
    return entry === undefined ? optional === true : link === true ? entry.link === true : entry.version === version;
  });
}

async function install() {
  // Not the Node inside node_modules: npm is about to remove that one.
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(root));
  const { code, text } = await run('npm', ['ci', '--no-audit', '--no-fund'], {
    env: { ...process.env, PATH: path.join(delimiter) },
  });
  if (code === 0) return;
  throw new StepFailed(text, 'check the network and the npm settings, then run `npm ci` and look at its output.');
}

/** The npm package `node` downloads its binary in an install script, which npm can be told to skip. */
async function ensureNode() {
  if (await isNewEnough()) return undefined;
  const { text } = await run(process.execPath, ['installArchSpecificPackage.js'], {
    cwd: join(root, 'node_modules', 'node'),
  });
  if (await isNewEnough()) return 'installed';
  throw new StepFailed(text, 'install Node 24 (or at least 22.18), put it first on the PATH and run this again.');
}

async function isNewEnough() {
  const { code, text } = await run('node', ['--version'], { env: environment });
  const [major, minor] = text.slice(1).split('.').map(Number);
  return code === 0 && (major > 22 || (major === 22 && minor >= 18));
}
