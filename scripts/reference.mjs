// Writes docs/reference.md: what @holon/flow exports, from its doc comments, with every example run and drawn.
// `npm run reference`
import { spawnSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeExamples } from './lib/reference/examples.mjs';
import { isInternal, pageOf } from './lib/reference/page.mjs';
import { tagged } from './lib/reference/doc-comment.mjs';
import { readExports } from './lib/reference/read-exports.mjs';
import { environment, root } from './lib/processes.mjs';

const packageName = '@holon/flow';
export const pageFile = join(root, 'docs/reference.md');
const parts = fileURLToPath(new URL('lib/reference/', import.meta.url));

/** Reads, runs and draws: the page's text, and what is missing or wrong. */
export async function makeReference() {
  const entries = readExports(join(root, 'packages/flow/src/index.ts'));
  const folder = join(root, '.cache/reference');
  const outcomes = runExamples(folder, writeExamples(folder, entries, packageName), ['--conditions=holon-source']);
  const problems = entries.filter(({ doc }) => doc === undefined).map(({ name }) => `${name} has no doc comment.`);
  const drawings = new Map();
  const { visualizeFlow } = await import('@holon/viz');
  for (const { name, error, checks, flows } of outcomes) {
    if (error !== undefined) problems.push(`The example of ${name} fails: ${error}`);
    else if (checks === 0)
      problems.push(`The example of ${name} checks nothing: put "// value" or "// throws code" behind a call.`);
    const drawn = flows.findLast(({ picture }) => picture.nodes[0].kind === kindOf(name)) ?? flows.at(-1);
    if (drawn === undefined || drawings.has(name)) continue;
    drawings.set(name, visualizeFlow(drawn.picture, { format: 'mermaid', direction: 'right' }));
  }
  const classified = entries.map((entry) => ({ ...entry, makesFlows: makesFlows(entry) }));
  for (const { name, doc } of classified.filter((entry) => entry.makesFlows && entry.doc !== undefined)) {
    if (tagged(doc, 'throws').length === 0) problems.push(`${name} has no @throws: say when it fails, or "nothing".`);
    if (tagged(doc, 'example').length === 0) problems.push(`${name} has no example.`);
    else if (!drawings.has(name))
      problems.push(`The example of ${name} has no flow bound to a const that could be drawn.`);
  }
  return { text: pageOf(classified, drawings), problems };
}

/** What stands among the combinators, and what all of them are made with. */
function makesFlows(entry) {
  const { name, kind, file } = entry;
  if (kind !== 'function' || isInternal(entry) || NO_FLOWS.has(name)) return false;
  return file.includes('/combinators/') || name === 'flow' || name === 'combinator';
}
/** What helps those who write combinators. */
const NO_FLOWS = new Set(['gather', 'toArray']);

/** `circuitBreaker` makes flows of the kind `circuit-breaker`, `flow` those of the kind `task`. */
export function kindOf(name) {
  return name === 'flow' ? 'task' : name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * What each example comes to, in a process of their own: { name, module, code, checks, flows: [{ name, picture }] },
 * or with `error`.
 */
export function runExamples(folder, examples, options) {
  copyFileSync(join(parts, 'check.ts'), join(folder, 'check.ts'));
  const { stdout, stderr, status } = spawnSync(
    'node',
    ['--disable-warning=ExperimentalWarning', ...options, join(parts, 'run-examples.mjs')],
    {
      cwd: folder,
      env: environment,
      input: JSON.stringify({ folder, modules: examples.map(({ module }) => module), packageName }),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  if (status !== 0) throw new Error(`The examples could not be run: ${stderr}`);
  return JSON.parse(stdout).map((outcome, i) => ({ flows: [], ...examples[i], ...outcome }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { text, problems } = await makeReference();
  writeFileSync(pageFile, text);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
