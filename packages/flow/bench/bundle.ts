import { dirname } from 'node:path';
import { type Rolldown, build, minifySync } from 'vite';

export interface BundleOptions {
  /** Whether the packages of this repository are taken from their sources instead of their build. @default false */
  readonly fromSources?: boolean;
  /** Where to write it, as `bundle.js`. @default nowhere */
  readonly outDir?: string;
  readonly sourcemap?: boolean | 'inline';
}

/** One file of a program and all that it imports, as a bundler makes it for people who ship to browsers. */
export async function bundle(entry: string, options: BundleOptions = {}): Promise<string> {
  const { fromSources = false, outDir, sourcemap = false } = options;
  const target = outDir === undefined ? { write: false } : { outDir, emptyOutDir: false };
  const result = await build({
    ...{ configFile: false, publicDir: false, logLevel: 'silent', root: dirname(entry) },
    resolve: { conditions: [...(fromSources ? ['holon-source'] : []), 'module', 'browser'] },
    build: {
      ...{ minify: false, sourcemap, target: 'es2024', reportCompressedSize: false, ...target },
      lib: { entry, formats: ['es'], fileName: () => 'bundle.js' },
    },
  });
  const [{ output }] = result as [Rolldown.RolldownOutput];
  return output[0].code;
}

/** What remains of code when all that only people need is gone. */
export function minified(code: string): string {
  return minifySync('bundle.js', code, { module: true }).code;
}
