// A Chromium for the end-to-end tests: found, or installed where that is allowed.
import { existsSync, readFileSync } from 'node:fs';
import { findChromium, starts } from './find-chromium.mjs';
import { environment, run } from './processes.mjs';
import { StepFailed, step } from './steps.mjs';

const todo =
  'install Chromium or Chrome (Debian: `apt-get install chromium`) or run `npx playwright install chromium`, ' +
  'or set HOLON_CHROMIUM to the path of one.';

/** Sets HOLON_CHROMIUM for every process started from here. */
export async function ensureChromium() {
  await step('Chromium', async () => {
    let path = findChromium();
    let log = '';
    const chosen = process.env.HOLON_CHROMIUM;
    if (chosen && !starts(chosen)) throw new StepFailed(`HOLON_CHROMIUM is ${chosen}, which does not start.`, todo);
    const found = path !== undefined;
    for (const commands of found ? [] : installers()) {
      for (const [command, ...args] of commands) {
        const { code, text } = await run(command, args, { env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' } });
        log += text;
        if (code !== 0) break;
      }
      path = findChromium();
      if (path !== undefined) break;
    }
    if (path === undefined) throw new StepFailed(log, todo);
    environment.HOLON_CHROMIUM = path;
    return found ? path : `installed ${path}`;
  });
}

/** Ways to install one, the best first, each a list of commands. */
function installers() {
  const isRoot = process.getuid?.() === 0;
  const system = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const apt = [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
  ];
  const playwright = [['playwright', 'install', ...(isRoot ? ['--with-deps'] : []), 'chromium']];
  // Ubuntu's package of that name only points to a snap.
  return isRoot && /^ID=debian$/m.test(system) ? [apt, playwright] : [playwright];
}
