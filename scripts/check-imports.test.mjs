import { expect, test } from 'vitest';
import { abilities, mayAskForBuiltins, zones } from './check-imports.mjs';
import { findViolations } from './lib/import-rules.mjs';
import { findMachinePaths } from './lib/machine-paths.mjs';

const packages = new Map([
  ['@holon/flow', { folder: 'packages/flow', exports: ['@holon/flow'] }],
  ['@holon/engine', { folder: 'packages/engine', exports: ['@holon/engine', '@holon/engine/events'] }],
  ['@holon/viz', { folder: 'packages/viz', exports: ['@holon/viz'] }],
  ['@holon/debugger', { folder: 'apps/debugger', exports: ['@holon/debugger/server', '@holon/debugger/protocol'] }],
]);

const check = (file, text) =>
  findViolations({ zones, abilities, mayAskForBuiltins, packages, sources: new Map([[file, text]]) });

const refused = [
  [
    'packages/flow/src/a.ts',
    "import { createEngine } from '@holon/engine';",
    'packages/flow must not import @holon/engine',
  ],
  ['packages/flow/src/a.ts', "import { z } from 'zod';", 'it has no dependencies'],
  ['packages/flow/src/a.ts', "const { z } = await import('zod');", 'it has no dependencies'],
  ['packages/flow/src/a.ts', "import { join } from 'node:path';", 'also runs in browsers'],
  ['packages/flow/src/a.ts', "export * from '../../engine/src/index.ts';", 'a relative path into another package'],
  ['packages/flow/src/a.ts', "import { b } from './b.js';", 'imports name the source'],
  ['packages/flow/src/a.ts', "import { flow } from '@holon/flow';", 'which is itself'],
  ['packages/flow/src/a.test.ts', "import { createEngine } from '@holon/engine';", 'must not import @holon/engine'],
  ['packages/engine/src/a.ts', "import { draw } from '@holon/viz';", 'packages/engine must not import @holon/viz'],
  ['packages/engine/src/a.ts', "import { x } from '@holon/flow/src/port.ts';", 'none of its exports'],
  ['packages/engine/src/events/a.ts', "import { x } from '../scheduler.ts';", 'must not import ../scheduler.ts'],
  ['packages/engine/src/events/a.ts', "import 'node:path';", 'also runs in browsers'],
  ['packages/viz/src/a.ts', "import { createEngine } from '@holon/engine';", 'must not import @holon/engine'],
  ['packages/viz/src/a.ts', "import 'worker_threads';", 'also runs in browsers'],
  ['packages/viz/src/a.ts', "const fs = process.getBuiltinModule('node:fs');", 'also runs in browsers'],
  ['apps/debugger/protocol/a.ts', "import { fold } from '@holon/engine/events';", 'as a value'],
  ['apps/debugger/web/a.tsx', "import { flow } from '@holon/flow';", 'as a value'],
  ['apps/debugger/web/a.tsx', "import { createEngine } from '@holon/engine';", 'must not import @holon/engine'],
  ['apps/debugger/web/a.tsx', "import { serve } from '../server/index.ts';", 'must not import ../server/index.ts'],
  ['apps/debugger/server/a.ts', "import { App } from '../web/app.tsx';", 'must not import ../web/app.tsx'],
  ['examples/a.ts', "import { createEngine } from '@holon/engine';", 'examples must not import @holon/engine'],
  ['packages/new/src/a.ts', '', 'no row of the table has this folder'],
  ['packages/engine/src/a.ts', 'const t = Date.now();', 'Date.now reads the clock'],
  ['packages/engine/src/a.ts', 'const t = new Date();', 'new Date() reads the clock'],
  ['packages/engine/src/a.ts', 'const now = clock ?? Date;', 'Date reads the clock'],
  ['packages/engine/src/a.ts', 'process.hrtime.bigint();', 'process.hrtime.bigint reads the clock'],
  ['packages/engine/src/a.ts', 'globalThis.setTimeout(f, 1);', 'setTimeout starts a timer'],
  [
    'packages/engine/src/a.ts',
    "import { setTimeout as sleep } from 'timers/promises';",
    'timers/promises starts a timer',
  ],
  ['packages/engine/src/random.ts', 'AbortSignal.timeout(5);', 'AbortSignal.timeout starts a timer'],
  ['packages/engine/src/clock.ts', "Math['random']();", 'Math.random draws a random number'],
  ['packages/engine/src/a.ts', "import { randomUUID } from 'node:crypto';", 'crypto.randomUUID draws a random number'],
  ['packages/engine/src/a.ts', "import { WebSocketServer } from 'ws';", 'ws opens the network'],
  ['packages/engine/src/a.ts', "import { readFile } from 'node:fs/promises';", 'node:fs/promises touches files'],
];

test.each(refused)('%s: %s', (file, text, expected) => {
  const violations = check(file, `// first line\n${text}\n`);
  expect(violations.map(({ what }) => what)).toEqual([expect.stringContaining(expected)]);
  expect(violations[0]).toMatchObject({ file, allowed: expect.stringMatching(/./), todo: expect.stringMatching(/./) });
});

const accepted = [
  ['packages/engine/src/a.ts', "import { flow } from '@holon/flow'; import q from 'tinyqueue'; import 'node:events';"],
  ['packages/engine/src/a.ts', "import { fold } from './events/fold.ts';"],
  ['packages/engine/src/a.ts', "// Date.now() and import 'ws'\nconst text = 'setTimeout(1)' + `new Date()`;"],
  ['packages/engine/src/a.ts', 'type Timer = ReturnType<typeof setTimeout>; let at: Date; clock.setTimeout(f, 1);'],
  ['packages/engine/src/a.ts', 'const isDate = x instanceof Date; const text = new Date(ms).toISOString();'],
  ['packages/engine/src/a.ts', 'const clock = { setTimeout() {}, Date: 1 }; clock.performance.now();'],
  ['packages/engine/src/clock.ts', 'setTimeout(f, 1); Date.now(); performance.now();'],
  ['packages/engine/src/a.test.ts', "import { randomUUID } from 'node:crypto'; setTimeout(f, Math.random());"],
  ['packages/flow/src/a.ts', "process.getBuiltinModule?.('node:fs');"],
  ['packages/flow/src/a.test.ts', "import { z } from 'zod'; import { flow } from '@holon/flow';"],
  ['packages/viz/src/a.ts', "import { fold } from '@holon/engine/events'; import ELK from 'elkjs';"],
  ['packages/viz/src/a.test.ts', "import { createEngine } from '@holon/engine';"],
  [
    'apps/debugger/web/a.tsx',
    "import type { Flow } from '@holon/flow'; import type { Frame } from '../protocol/frame.ts';",
  ],
  [
    'apps/debugger/server/a.ts',
    "import { createServer } from 'node:http'; import { PROTOCOL } from '../protocol/index.ts';",
  ],
  ['packages/cli/src/a.ts', "import { serve } from '@holon/debugger/server'; import 'node:fs';"],
  ['apps/debugger/vite.config.ts', "import { anything } from '../../scripts/lib/chromium.mjs';"],
];

test.each(accepted)('%s may: %s', (file, text) => {
  expect(check(file, text)).toEqual([]);
});

test('the line is that of the import', () => {
  expect(check('packages/viz/src/a.ts', "/*\n*/\n\nimport 'node:fs';\n")[0]).toMatchObject({ line: 4 });
});

test('a path of one machine is found in any text, a web path is not', () => {
  const home = ['', 'home', 'ada', 'holon'].join('/');
  const sources = new Map([
    ['README.md', `first\nsee ${home}/index.ts\n`],
    ['a.ts', `const page = 'https://example.org${home}/'; const route = '/app/main.ts';`],
    ['b.ts', "import '/srv/checkouts/holon/x.ts';"],
  ]);
  expect(findMachinePaths(sources, '/srv/checkouts/holon/').map(({ file, line }) => [file, line])).toEqual([
    ['README.md', 2],
    ['b.ts', 1],
  ]);
  expect(findMachinePaths(new Map([['a.ts', "'/app/main.ts'"]]), '/app')).toEqual([]);
});
