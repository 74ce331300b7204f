import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { HolonError } from '@holon/flow';
import { pathInPackage } from './package-folder.ts';

export interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** Every file of the web app by its URL path. What is not in here is not served, whatever a path looks like. */
export type AssetManifest = ReadonlyMap<string, Asset>;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Vite puts a hash of the content before the extension: `index-DOoBO6Fh.js`. */
const HASHED_NAME = /-[\w-]{8}\.\w+$/u;

/** Where the build puts the web app. */
export const builtAppFolder: string = pathInPackage('dist/web');

/**
 * Reads the whole folder into memory, a few megabytes, once: a build that changes under a running
 * server can't mix two versions.
 *
 * @throws HolonError `invalid-option` when there is no built web app in it
 */
export function readAssets(folder: string): AssetManifest {
  const manifest = new Map<string, Asset>();
  for (const name of filesIn(folder)) {
    const path = `/${relative(folder, name).split(sep).join('/')}`;
    manifest.set(path, {
      body: new Uint8Array(readFileSync(name)),
      contentType: CONTENT_TYPES[extname(name)] ?? 'application/octet-stream',
      cacheControl: HASHED_NAME.test(path) ? 'private, max-age=31536000, immutable' : 'no-cache',
    });
  }
  const index = manifest.get('/index.html');
  if (index === undefined) {
    throw new HolonError(
      'invalid-option',
      `assets: there is no built web app in ${folder}. Build it with "npm run build".`,
    );
  }
  manifest.set('/', index);
  return manifest;
}

function filesIn(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
