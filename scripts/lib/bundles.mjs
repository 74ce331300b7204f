// What of @holon/flow and @holon/engine is loaded by those who install them: a file for each entry, not one for each
// source. Loading a hundred small modules takes several times as long as running them.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './processes.mjs';
import { step } from './steps.mjs';

/** Besides the entries in `exports`: what worker threads load, and what has to stand beside it. */
const packages = {
  flow: ['index'],
  engine: ['index', 'events/index', 'executors/thread/pool', 'executors/thread/worker'],
};

/** Declarations are the compiler's; it writes no JavaScript for these packages. */
export async function bundlePackages() {
  await step('packages in one piece', async () => {
    for (const [name, entries] of Object.entries(packages)) await bundle(join(root, 'packages', name), entries);
    return 'bundled';
  });
}

async function bundle(folder, entries) {
  const dist = join(folder, 'dist');
  clear(dist);
  const input = Object.fromEntries(entries.map((entry) => [entry, join(folder, 'src', `${entry}.ts`)]));
  const build = await rolldown({ input, platform: 'neutral', external: (id) => !/^[./]|^[A-Z]:/u.test(id) });
  await build.write({
    dir: dist,
    format: 'esm',
    sourcemap: true,
    chunkFileNames: '[name].js',
    // Lines stay lines: Node prints the one that threw.
    comments: { jsdoc: false, legal: false, annotation: true },
  });
  await build.close();
}

/** Chunks of an earlier build may have had other names. */
function clear(dist) {
  for (const file of readdirSync(dist, { recursive: true })) {
    if (/\.js(?:\.map)?$/u.test(file)) rmSync(join(dist, file));
  }
}
