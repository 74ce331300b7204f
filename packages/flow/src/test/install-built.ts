import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const here = new URL('../..', import.meta.url);

/** Puts this package below `folder` as npm would install it: its sources, and its build in one piece. */
export async function installBuilt(folder: string): Promise<void> {
  const installed = join(folder, 'node_modules/@holon/flow');
  mkdirSync(installed, { recursive: true });
  for (const part of ['src', 'package.json']) cpSync(new URL(part, here), join(installed, part), { recursive: true });
  const build = await rolldown({ input: join(installed, 'src/index.ts'), platform: 'neutral' });
  await build.write({ file: join(installed, 'dist/index.js'), format: 'esm', sourcemap: true });
  await build.close();
}

/** The compiler. */
export const tsc: string = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', here));
