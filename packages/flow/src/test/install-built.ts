import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = new URL('../..', import.meta.url);
const repository = fileURLToPath(new URL('../..', here));
export const tsc: string = join(repository, 'node_modules/typescript/bin/tsc');

/** Puts this package below `folder` as npm would install it: its sources, and what the compiler makes of them. */
export function installBuilt(folder: string): void {
  const installed = join(folder, 'node_modules/@holon/flow');
  mkdirSync(installed, { recursive: true });
  for (const part of ['src', 'package.json']) cpSync(new URL(part, here), join(installed, part), { recursive: true });
  const config = JSON.parse(readFileSync(new URL('tsconfig.src.json', here), 'utf8')) as object;
  const base = { extends: join(repository, 'tsconfig.base.json') };
  writeFileSync(join(installed, 'tsconfig.json'), JSON.stringify({ ...config, ...base }));
  execFileSync(process.execPath, [tsc, '-p', installed]);
}
