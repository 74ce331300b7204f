/**
 * One variant in a process of its own: opens it, warms it up, says `ready`, then takes one sample for each message.
 * Arguments: workload file, row, variant, milliseconds of warm-up, milliseconds a sample lasts, clock.
 */
import assert from 'node:assert/strict';
import type { Row, Subject, Timed } from './row.ts';

const [file, rowName, label, warmUpMs, sampleMs, clock] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const { rows } = (await import(file)) as { rows: readonly Row[] };
const subject = await rows.find((row) => row.name === rowName)!.variants[label]!.open();
const sample = await prepare(subject);

process.on('message', () => void sample().then((value) => process.send!(value)));
process.send!('ready');

async function prepare(subject: Subject): Promise<() => Promise<number>> {
  if (subject.kind === 'gauge') return async () => subject.measure();
  const repetitions = await warmUp(subject);
  if (clock === 'bytes') return () => allocated(subject, repetitions);
  return async () => {
    const began = now();
    for (let i = 0; i < repetitions; i++) await subject.once();
    return (now() - began) / repetitions / subject.count;
  };
}

/** What it allocates, which other processes don't disturb at all. With room for so much that none of it is collected meanwhile. */
async function allocated({ once, count }: Timed, repetitions: number): Promise<number> {
  globalThis.gc!({ type: 'minor' });
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < repetitions; i++) await once();
  return (process.memoryUsage().heapUsed - before) / repetitions / count;
}

/** Gives how many repetitions make a sample of the wanted length. */
async function warmUp({ once, expected }: Timed): Promise<number> {
  const began = now();
  let fastest = Infinity;
  for (let done = 0; done < 3 || now() - began < Number(warmUpMs) * 1000; done++) {
    const before = performance.now();
    assert.deepEqual(await once(), expected);
    fastest = Math.min(fastest, performance.now() - before);
  }
  return Math.max(1, Math.ceil(Number(sampleMs) / fastest));
}

/** Microseconds: of the wall, or those this thread was on a core, which other processes disturb less. */
function now(): number {
  if (clock !== 'cpu') return performance.now() * 1000;
  const { user, system } = process.threadCpuUsage();
  return user + system;
}
