// `npm start`: from a fresh clone to the debugger in the browser. What follows `--` goes to `holon debug`.
import { ensureDependencies } from './lib/dependencies.mjs';
import { run } from './lib/processes.mjs';
import { debugShowcase } from './lib/showcase.mjs';
import { ensureWebBuild } from './lib/web-build.mjs';

await ensureDependencies();
await ensureWebBuild();
const { code } = await run('node', [...debugShowcase, ...process.argv.slice(2)], { show: true });
process.exitCode = code;
