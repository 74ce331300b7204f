// The project's own text files, read without git so that an unpacked archive can be checked as well.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const skippedFolders = new Set([
  'node_modules',
  // Programs of whoever works in a clone, as the README says; git has none of them.
  'try',
  'dist',
  '.git',
  '.cache',
  '.holon',
  'test-results',
  'playwright-report',
  'coverage',
]);
const textFile = /(\.(?:[cm]?[jt]sx?|json|jsonc|md|html|css|ya?ml|sh)|^run)$/;

/** Map of path (from the root, with `/`) to text. */
export function readSources(root, folder = '', found = new Map()) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!skippedFolders.has(entry.name)) readSources(root, path, found);
    } else if (entry.isFile() && textFile.test(entry.name) && entry.name !== 'package-lock.json') {
      found.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  return found;
}

/** Map of package name to its folder and the specifiers it exports. */
export function readPackages(root) {
  const folders = ['packages', 'apps'].flatMap((parent) =>
    existsSync(join(root, parent)) ? readdirSync(join(root, parent)).map((name) => `${parent}/${name}`) : [],
  );
  const packages = new Map();
  for (const folder of [...folders, 'examples']) {
    const manifest = join(root, folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { name, exports = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
    packages.set(name, { folder, exports: Object.keys(exports).map((key) => name + key.slice(1)) });
  }
  return packages;
}
