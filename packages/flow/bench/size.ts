import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as everything from '../src/index.ts';
import { bundle } from './bundle.ts';

/**
 * How large the package is once bundled, minified and compressed: all of it, and what of it comes along with each
 * function alone. `node --conditions=holon-source packages/flow/bench/size.ts`
 */
const folder = fileURLToPath(new URL('../../../.cache/size', import.meta.url));

async function report(what: string, code: string): Promise<void> {
  const entry = join(folder, 'entry.ts');
  writeFileSync(entry, code);
  const { code: small } = await bundle(entry, { fromSources: true, minify: true });
  const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`.padStart(9);
  console.log(`${what.padEnd(28)} ${kilobytes(small.length)} minified ${kilobytes(gzipSync(small).length)} gzipped`);
}

mkdirSync(folder, { recursive: true });
await report('everything', `export * from '@holon/flow';`);
const callable = Object.entries(everything).filter(([, value]) => typeof value === 'function');
for (const [name] of callable) await report(name, `export { ${name} } from '@holon/flow';`);
rmSync(folder, { recursive: true });
