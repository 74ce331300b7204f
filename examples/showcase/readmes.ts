import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { context, flow } from '@holon/flow';
import { modulesFolder } from './modules-folder.ts';

export interface Readme {
  readonly package: string;
  readonly text: string;
}

/** Shorter ones only point elsewhere; longer ones are change logs in disguise. */
const MIN_BYTES = 500;
const MAX_BYTES = 100_000;

/** The longest README files of installed packages, as paths, by package name. */
export const findReadmes = flow('findReadmes', async (count: number): Promise<string[]> => {
  const { log } = context();
  const found: { readonly file: string; readonly bytes: number }[] = [];
  for (const folder of await packageFolders()) {
    const name = (await readdir(folder)).find((entry) => /^readme\.md$/i.test(entry));
    if (name === undefined) continue;
    const file = join(folder, name);
    const { size } = await stat(file);
    if (size >= MIN_BYTES && size <= MAX_BYTES) found.push({ file, bytes: size });
  }
  found.sort((a, b) => b.bytes - a.bytes || compare(a.file, b.file));
  log.info(`${found.length} READMEs, of which the ${Math.min(count, found.length)} longest are read`);
  return found
    .slice(0, count)
    .map(({ file }) => file)
    .sort(compare);
});

/** One README. Files on a network disk fail now and then: that is worth a second attempt. */
export const readReadme = flow(
  'readReadme',
  async (file: string): Promise<Readme> => {
    const text = await readFile(file, { encoding: 'utf8', signal: context().signal });
    return { package: packageName(file), text };
  },
  { retry: { retries: 2, delay: '50ms' }, timeout: '5s' },
);

async function packageFolders(): Promise<string[]> {
  const folders: string[] = [];
  for (const entry of await readdir(modulesFolder, { withFileTypes: true })) {
    // Symbolic links are this workspace's own packages.
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const folder = join(modulesFolder, entry.name);
    if (!entry.name.startsWith('@')) folders.push(folder);
    else
      for (const scoped of await readdir(folder, { withFileTypes: true }))
        if (scoped.isDirectory()) folders.push(join(folder, scoped.name));
  }
  return folders;
}

function packageName(file: string): string {
  const folder = dirname(file);
  const scope = basename(dirname(folder));
  return scope.startsWith('@') ? `${scope}/${basename(folder)}` : basename(folder);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
