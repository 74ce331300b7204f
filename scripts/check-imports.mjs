// Who may import whom, and who may touch the clock, timers, chance, the network and files.
// The two tables below are the whole rule; the rest only applies them. `npm run check:imports`
import { fileURLToPath } from 'node:url';
import { findViolations } from './lib/import-rules.mjs';
import { findMachinePaths } from './lib/machine-paths.mjs';
import { readPackages, readSources } from './lib/sources.mjs';

/**
 * The row with the longest `folder` decides. `may` names packages (all their exports), single exports, or folders
 * of the same package; `type X` allows `import type` only. `outside`: what else may be imported. Tests and benches
 * may import everything from outside, and what `tests` adds.
 */
// oxfmt-ignore
export const zones = [
  { folder: 'packages/flow',              outside: 'nothing',      may: [] },
  { folder: 'packages/engine',            outside: 'npm and node', may: ['@holon/flow', 'packages/engine/src/events'] },
  { folder: 'packages/engine/src/events', outside: 'nothing',      may: ['@holon/flow'], tests: ['packages/engine'] },
  { folder: 'packages/store',             outside: 'npm and node', may: ['@holon/flow', '@holon/engine'] },
  { folder: 'packages/viz',               outside: 'npm',          may: ['@holon/flow', '@holon/engine/events'], tests: ['@holon/engine'] },
  { folder: 'apps/debugger/protocol',     outside: 'nothing',      may: ['type @holon/flow', 'type @holon/engine/events'] },
  { folder: 'apps/debugger/server',       outside: 'npm and node', may: ['@holon/flow', '@holon/engine', '@holon/store', '@holon/viz', 'apps/debugger/protocol'] },
  { folder: 'apps/debugger/web',          outside: 'npm',          may: ['type @holon/flow', '@holon/engine/events', '@holon/viz', 'apps/debugger/protocol'] },
  { folder: 'apps/debugger/e2e',          outside: 'npm and node', may: ['@holon/flow', '@holon/engine', '@holon/viz', 'apps/debugger/protocol', 'apps/debugger/server'] },
  { folder: 'packages/cli',               outside: 'npm and node', may: ['@holon/flow', '@holon/engine', '@holon/store', '@holon/viz', '@holon/debugger'] },
  { folder: 'examples',                   outside: 'npm and node', may: ['@holon/flow'], tests: ['@holon/engine', '@holon/viz'] },
  { folder: 'bench',                      outside: 'npm and node', may: ['@holon/flow', '@holon/engine'] },
  { folder: 'scripts',                    outside: 'npm and node', may: ['@holon/viz'] },
];

const clocks = ['packages/engine/src/clock.ts', 'packages/flow/src/direct-port.ts'];
const random = ['packages/engine/src/random.ts', 'packages/flow/src/direct-port.ts'];
const shells = ['packages/cli/', 'apps/debugger/server/', 'examples/', 'scripts/'];

/** What reaches outside: the globals and modules that do it, the files and folders that may. Tests and benches may. */
export const abilities = [
  {
    what: 'reads the clock',
    names: ['Date', 'Date.now', 'new Date()', 'performance.now', 'performance.timeOrigin', 'process.hrtime'],
    modules: ['node:perf_hooks'],
    only: [...clocks, ...shells, 'apps/debugger/web/'],
    instead: 'take the time from the port or the injected clock',
  },
  {
    what: 'starts a timer',
    names: ['setTimeout', 'setInterval', 'setImmediate', 'AbortSignal.timeout'],
    modules: ['node:timers', 'node:timers/promises'],
    only: [...clocks, ...shells, 'apps/debugger/web/'],
    instead: 'sleep through the port, or schedule through the injected clock',
  },
  {
    what: 'draws a random number',
    names: ['Math.random', 'crypto.randomUUID', 'crypto.getRandomValues', 'crypto.randomBytes', 'crypto.randomInt'],
    modules: [],
    only: [...random, ...shells],
    instead: 'draw from the port or the injected random source',
  },
  {
    what: 'asks what the process uses of the machine',
    names: ['process.cpuUsage', 'process.memoryUsage', 'process.resourceUsage'],
    modules: ['node:os'],
    only: ['packages/engine/src/resources.ts', ...shells],
    instead: 'ask the injected resources',
  },
  {
    what: 'opens the network',
    names: [],
    modules: ['node:http', 'node:https', 'node:http2', 'node:net', 'node:tls', 'ws', 'hono', '@hono/node-server'],
    only: ['apps/debugger/server/', 'examples/', 'scripts/'],
    instead: 'serve from apps/debugger/server',
  },
  {
    what: 'touches files',
    names: [],
    modules: ['node:fs', 'node:fs/promises'],
    only: ['packages/store/', ...shells],
    instead: 'let the caller pass the content, or a store keep it',
  },
];

/** Node's modules reached through process.getBuiltinModule, so that the same file also loads in a browser. */
export const mayAskForBuiltins = ['packages/flow/src/'];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const sources = readSources(root);
  const violations = [
    ...findViolations({ zones, abilities, mayAskForBuiltins, sources, packages: readPackages(root) }),
    ...findMachinePaths(sources, root),
  ];
  for (const { file, line, what, allowed, todo } of violations) {
    process.stdout.write(`${file}:${line}  ${what}\n  allowed: ${allowed}\n  do: ${todo}\n`);
  }
  process.stdout.write(
    violations.length === 0
      ? `imports: ${sources.size} files, all in order\n`
      : `imports: ${violations.length} violations\n`,
  );
  process.exitCode = violations.length === 0 ? 0 : 1;
}
