import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
const compilerOptions = {
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable', 'dom'],
  types: [],
  module: 'nodenext',
  strict: true,
  skipLibCheck: true,
  declaration: true,
  emitDeclarationOnly: true,
  allowImportingTsExtensions: true,
  customConditions: ['holon-source'],
  rootDir: '.',
  outDir: 'out',
};

test('flows exported from another package have declarations, without annotations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holon-declarations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'node_modules/@holon'), { recursive: true });
  symlinkSync(fileURLToPath(new URL('..', import.meta.url)), join(folder, 'node_modules/@holon/flow'), 'junction');
  copyFileSync(new URL('test/exported-flows.ts', import.meta.url), join(folder, 'flows.ts'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['flows.ts'] }));
  expect(problemsOf(folder)).toBe('');
  const declared = readFileSync(join(folder, 'out/flows.d.ts'), 'utf8');
  expect(declared).toContain('import("@holon/flow").BranchResults<');
  expect(declared).not.toMatch(/import\("(?!@holon\/flow")/);
});

/** What the compiler complains of in the project in `folder`. */
function problemsOf(folder: string): string {
  try {
    return execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
