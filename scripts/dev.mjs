// `npm run dev`: a debug server, and in front of it the browser app from Vite, with hot reload.
// `npm run dev -- examples/other.ts` debugs another flow than the showcase.
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { environment, root, run } from './lib/processes.mjs';
import { debugShowcase } from './lib/showcase.mjs';
import { ensureWebBuild } from './lib/web-build.mjs';

const vitePort = '5173';
const announcement = /^Debugger: (http:\/\/\S+)$/m;
const [program, command, ...showcase] = debugShowcase;
const chosen = process.argv.slice(2);

await ensureDependencies();
await ensureWebBuild({ anyWillDo: true });
let printed = '';
let vite;
const stopBoth = () => process.kill(process.pid, 'SIGTERM');

const { code } = await run('node', [program, command, '--no-open', ...(chosen.length > 0 ? chosen : showcase)], {
  show: true,
  onText: (text) => {
    if (vite !== undefined) return;
    printed += text;
    const address = announcement.exec(printed)?.[1];
    if (address === undefined) return;
    const { origin, search } = new URL(address);
    // Not Vite's --open: it also fetches the link itself, and the link lets in one browser, once.
    process.stdout.write(`With hot reload: http://127.0.0.1:${vitePort}/${search} (open this one)\n`);
    vite = run('vite', ['--port', vitePort, '--strictPort'], {
      show: true,
      cwd: join(root, 'apps', 'debugger'),
      env: { ...environment, HOLON_DEBUG_SERVER: origin },
    }).then(stopBoth);
  },
});
process.exitCode = code;
if (vite !== undefined) stopBoth();
