import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The `node_modules` that this file's packages come from: the workspace's root has it. */
export const modulesFolder: string = find(dirname(fileURLToPath(import.meta.url)));

function find(folder: string): string {
  const candidate = join(folder, 'node_modules');
  // A workspace's own node_modules may hold next to nothing; the root's holds typescript.
  if (existsSync(join(candidate, 'typescript'))) return candidate;
  const above = dirname(folder);
  if (above === folder) throw new Error('There is no node_modules with packages to read: run npm install first.');
  return find(above);
}
