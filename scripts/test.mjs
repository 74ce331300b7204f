// `npm test`: everything, from a fresh clone. `npm test -- --only check|unit|e2e <arguments of the runner>`
import { runChecks } from './lib/checks.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { seconds } from './lib/steps.mjs';
import { runEndToEndTests, runUnitTests } from './lib/suites.mjs';
import { ensureWebBuild } from './lib/web-build.mjs';

const stages = { check: runChecks, unit: runUnitTests, e2e: runEndToEndTests };
const { only, rest } = parseArguments(process.argv.slice(2));
const chosen = only === undefined ? Object.keys(stages) : [only];

let summary = '0 passed, 1 failed';
process.on('exit', () => process.stdout.write(`${summary}\n`));

await ensureDependencies();
if (chosen.includes('e2e')) {
  await ensureChromium();
  await ensureWebBuild();
}

const results = [];
for (const name of chosen) {
  process.stdout.write(`\n── ${name}\n`);
  const started = performance.now();
  const counts = await stages[name](rest);
  results.push({ name, took: seconds(performance.now() - started), skipped: 0, ...counts });
}

process.stdout.write('\n');
for (const { name, took, ...counts } of results) process.stdout.write(`${name}: ${sentence(counts)} (${took})\n`);
const sum = (key) => results.reduce((total, each) => total + each[key], 0);
const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
const runners = results.filter(({ name }) => name !== 'check');
const idle = runners.filter(({ passed, failed }) => passed + failed === 0);
// With a pattern it is enough that one runner found something.
const nothingRan = rest.length === 0 ? idle.length > 0 : runners.length > 0 && idle.length === runners.length;
if (nothingRan)
  process.stderr.write(`No test ran in: ${idle.map(({ name }) => name).join(', ')}. That is a failure.\n`);
process.exitCode = total.failed > 0 || nothingRan ? 1 : 0;
summary = sentence(total);

function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function parseArguments(args) {
  const at = args.indexOf('--only');
  if (at === -1) return { only: undefined, rest: args };
  const only = args[at + 1];
  if (!Object.hasOwn(stages, only ?? '')) {
    process.stderr.write(`--only takes one of ${Object.keys(stages).join(', ')}, not ${only ?? 'nothing'}.\n`);
    process.exit(2);
  }
  return { only, rest: args.toSpliced(at, 2) };
}
