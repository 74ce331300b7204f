#!/usr/bin/env node
// Plain JavaScript that old versions of Node can parse, too: it has to tell people on one what is wrong.
import { existsSync } from 'node:fs';
import * as module from 'node:module';

const source = new URL('../src/main.ts', import.meta.url);
const isRepository = existsSync(source);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  const hint = isRepository ? '    →  This repository brings its own: run it as npx holon …\n' : '';
  process.stderr.write(`holon needs Node 22.18 or later; this is Node ${process.versions.node}.\n${hint}`);
  process.exit(2);
}

// Remembers compiled (and type-stripped) modules between runs: start-up in a third of the time.
module.enableCompileCache();

if (isRepository) {
  // Every package runs from its TypeScript source.
  module.registerHooks({
    resolve: (specifier, context, nextResolve) =>
      nextResolve(specifier, { ...context, conditions: [...context.conditions, 'holon-source'] }),
  });
  await import(source.href);
} else {
  await import('../dist/main.js');
}
