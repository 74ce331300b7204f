/**
 * Measures and prints tables. `--only chain,fan-out`, `--samples 9` (of each variant), `--quick` (3 short ones), `--cpu`
 * (time on a core instead of the wall's), `--bytes` (what is allocated instead of time), `--holon` (leaves out what no
 * target names), `--against ../other` (the same row of another checkout beside this one's), `--profile chain` (where the
 * time of a row goes, instead of all that).
 */
import { cpus } from 'node:os';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Plan, measure } from './measure.ts';
import { profile } from './profile.ts';
import type { Row } from './row.ts';
import { type Judged, goalTable, judge, rowTable } from './table.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    samples: { type: 'string' },
    quick: { type: 'boolean', default: false },
    cpu: { type: 'boolean', default: false },
    bytes: { type: 'boolean', default: false },
    holon: { type: 'boolean', default: false },
    against: { type: 'string' },
    profile: { type: 'string' },
  },
});

const PROCESSES = 3;

const samples = Number(values.samples ?? (values.quick ? 3 : 9));
if (!Number.isInteger(samples) || samples < 1) throw new Error(`--samples: "${values.samples}" is no number from 1.`);
const processes = values.quick ? 1 : PROCESSES;
const plan: Plan = {
  processes,
  samplesEach: Math.ceil(samples / processes),
  // Code that is not optimized allocates more.
  warmUpMs: values.bytes ? 1_500 : values.quick ? 200 : 500,
  // The time on a core is kept in steps of a few milliseconds.
  sampleMs: values.bytes ? 20 : values.cpu ? 150 : values.quick ? 30 : 60,
  clock: values.bytes ? 'bytes' : values.cpu ? 'cpu' : 'wall',
};

const files = [
  'chain',
  'fan-out',
  'dag',
  'retry',
  'timeout',
  'one-node',
  'heap',
  'loop',
  'watched',
  'threads',
  'import',
].map((name) => `workloads/${name}.ts`);
const found: { readonly file: string; readonly row: Row }[] = [];
for (const file of files) {
  const { rows } = (await import(new URL(file, import.meta.url).href)) as { rows: readonly Row[] };
  for (const row of rows) found.push({ file, row: asked(row) });
}
const wanted = values.profile?.split(',') ?? values.only?.split(',') ?? found.map(({ row }) => row.name);
for (const name of wanted) {
  if (found.some(({ row }) => row.name === name)) continue;
  throw new Error(`There is no row "${name}": ${found.map(({ row }) => row.name).join(', ')}.`);
}

const began = performance.now();
const total = plan.processes * plan.samplesEach;
print(
  `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}, ${new Date().toISOString().slice(0, 10)}; medians of ${total}`,
);
if (values.profile !== undefined) {
  for (const { row } of found.filter(({ row }) => wanted.includes(row.name))) {
    print(`\n${row.title}`);
    for (const line of await profile(row)) print(line);
  }
  process.exit(0);
}
const judged: Judged[] = [];
for (const { file, row } of found.filter(({ row }) => wanted.includes(row.name))) {
  const result = await measure(file, row, plan).catch((error: unknown) => String(error));
  if (typeof result === 'string') {
    print(`\n${row.title}: ${result}`);
    process.exitCode = 1;
    continue;
  }
  const goals = judge(row, result);
  judged.push(...goals);
  print(`\n${rowTable(row, result)}`);
  for (const { goal, came, reached } of goals) print(`${reached ? '✓' : '✗'} ${goal}: ${came}`);
}
if (judged.length > 0) print(`\n${goalTable(judged)}`);
process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0)} s\n`);

/** The row as the options want it. */
function asked(row: Row): Row {
  const some = beside(values.holon ? needed(row) : row, values.against);
  return values.bytes && row.unit === 'µs' ? { ...some, unit: 'bytes', goals: [] } : some;
}

/** The row with Holon and what its targets name. */
function needed(row: Row): Row {
  const named = new Set(row.goals.flatMap(({ of, times, over }) => [of, times, over]));
  const own = Object.keys(row.variants)[0];
  const variants = Object.entries(row.variants).filter(([label]) => label === own || named.has(label));
  return { ...row, variants: Object.fromEntries(variants) };
}

/** The row with what another checkout, built, makes of Holon's first variant. */
function beside(row: Row, folder: string | undefined): Row {
  const [[label, own] = []] = Object.entries(row.variants);
  if (folder === undefined || label === undefined || own === undefined) return row;
  const bench = pathToFileURL(`${resolve(folder)}/bench/`);
  const other = { ...own, elsewhere: { bench, label } };
  return { ...row, variants: { [label]: own, [`${label}, in ${basename(folder)}`]: other, ...row.variants } };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
