import { fileURLToPath } from 'node:url';

/** Whether this code is the built one, in `dist/server`, and not its source. */
const isBuilt = /\/dist\/server\/[^/]*$/u.test(import.meta.url);

/** The package's own folder. */
const packageFolder = new URL(isBuilt ? '../../' : '../', import.meta.url);

/** A path within this package. */
export function pathInPackage(path: string): string {
  return fileURLToPath(new URL(path, packageFolder));
}
