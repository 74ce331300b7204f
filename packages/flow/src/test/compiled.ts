import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const tsc = fileURLToPath(new URL('../../../../node_modules/typescript/bin/tsc', import.meta.url));
const compilerOptions = {
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable', 'dom'],
  types: [],
  module: 'nodenext',
  strict: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  customConditions: ['holon-source'],
  rootDir: '.',
  outDir: 'out',
};

/** A folder of an author, with this package installed, that has `source` as `flows.ts`. Gone when the test ends. */
export function openProject(source: string, options: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'holon-project-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'node_modules/@holon'), { recursive: true });
  symlinkSync(fileURLToPath(new URL('../..', import.meta.url)), join(folder, 'node_modules/@holon/flow'), 'junction');
  writeFileSync(join(folder, 'flows.ts'), source);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  const config = { compilerOptions: { ...compilerOptions, ...options }, files: ['flows.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  return folder;
}

/** What the compiler complains of in a project. */
export function complaintsOf(folder: string): string {
  try {
    return execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8', cwd: folder });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
