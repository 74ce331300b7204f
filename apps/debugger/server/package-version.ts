import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { pathInPackage } from './package-folder.ts';

/** The version of this package. */
export const packageVersion: string = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(pathInPackage('package.json'), 'utf8'))).version;
