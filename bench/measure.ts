import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Row } from './row.ts';

export interface Plan {
  /** Processes of each variant, one after another: code is compiled differently each time. */
  readonly processes: number;
  readonly samplesEach: number;
  readonly warmUpMs: number;
  readonly sampleMs: number;
  readonly clock: 'wall' | 'cpu' | 'bytes';
}

/** All samples of a row, by variant. */
export type Samples = ReadonlyMap<string, readonly number[]>;

const here = new URL('.', import.meta.url);

/**
 * One process for each variant; one sample at a time, of all variants in turn, in an order drawn anew each time.
 *
 * @param file from the folder of the benchmarks
 */
export async function measure(file: string, row: Row, plan: Plan): Promise<Samples> {
  const labels = Object.keys(row.variants);
  const samples = new Map<string, number[]>(labels.map((label) => [label, []]));
  for (let process = 0; process < plan.processes; process++) {
    const open = new Map<string, ChildProcess>();
    try {
      for (const label of shuffled(labels)) open.set(label, await start(file, row, label, plan));
      for (let i = 0; i < plan.samplesEach; i++) {
        for (const label of shuffled(labels)) {
          const one = open.get(label)!;
          one.send('sample');
          samples.get(label)!.push((await reply(one, `${row.name}: ${label}`)) as number);
        }
      }
    } finally {
      for (const one of open.values()) one.kill('SIGKILL');
    }
  }
  return samples;
}

async function start(file: string, row: Row, label: string, plan: Plan): Promise<ChildProcess> {
  const { bench, label: labelThere } = row.variants[label]!.elsewhere ?? { bench: here, label };
  const child = fileURLToPath(new URL('child.ts', bench));
  const args = [
    new URL(file, bench).href,
    row.name,
    labelThere,
    plan.warmUpMs,
    plan.sampleMs,
    row.clock ?? plan.clock,
  ].map(String);
  const execArgv = ['--expose-gc', '--disable-warning=ExperimentalWarning'];
  if (plan.clock === 'bytes') execArgv.push('--min-semi-space-size=512', '--max-semi-space-size=512');
  const started = fork(child, args, { execArgv, serialization: 'json' });
  await reply(started, `${row.name}: ${label}`);
  return started;
}

function reply(from: ChildProcess, where: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`${where}: the process ended with ${code}`));
    from.once('exit', onExit);
    from.once('message', (message) => {
      from.off('exit', onExit);
      resolve(message);
    });
  });
}

function shuffled<T>(items: readonly T[]): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}
