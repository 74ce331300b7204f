import { type OutputChunk, rolldown } from 'rolldown';

export interface BundleOptions {
  /** Whether the packages of this repository are taken from their sources instead of their build. @default false */
  readonly fromSources?: boolean;
  /** Where to write it, as `bundle.js`. @default nowhere */
  readonly outDir?: string;
  readonly minify?: boolean;
  readonly sourcemap?: boolean | 'inline';
}

/** One file of a program and all that it imports, as a bundler makes it for people who ship to browsers. */
export async function bundle(entry: string, options: BundleOptions = {}): Promise<OutputChunk> {
  const { fromSources = false, outDir, minify = false, sourcemap = false } = options;
  const conditionNames = [...(fromSources ? ['holon-source'] : []), 'import', 'browser', 'default'];
  const build = await rolldown({ input: entry, platform: 'browser', resolve: { conditionNames } });
  const output = { entryFileNames: 'bundle.js', minify, sourcemap } as const;
  const { output: chunks } = await (outDir === undefined
    ? build.generate(output)
    : build.write({ ...output, dir: outDir }));
  await build.close();
  return chunks[0];
}
