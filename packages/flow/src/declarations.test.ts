import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { complaintsOf, openProject } from './test/compiled.ts';

test('flows exported from another package have declarations, without annotations', () => {
  const source = readFileSync(new URL('test/exported-flows.ts', import.meta.url), 'utf8');
  const folder = openProject(source, { declaration: true, emitDeclarationOnly: true });
  expect(complaintsOf(folder)).toBe('');
  const declared = readFileSync(join(folder, 'out/flows.d.ts'), 'utf8');
  expect(declared).toContain('import("@holon/flow").BranchResults<');
  expect(declared).not.toMatch(/import\("(?!@holon\/flow")/);
});
