import { Session } from 'node:inspector/promises';
import type { Row } from './row.ts';

const WARM_UP_MS = 1_500;
const PROFILE_MS = 3_000;
const INTERVAL_US = 200;
const MOST = 30;

/** Runs a row's first variant in this process; gives a line for each function that takes its time, the dearest first. */
export async function profile(row: Row): Promise<readonly string[]> {
  const subject = await Object.values(row.variants)[0]!.open();
  if (subject.kind === 'gauge') throw new Error(`--profile: "${row.name}" is not about time.`);
  const spin = async (ms: number): Promise<number> => {
    const until = performance.now() + ms;
    let done = 0;
    for (; performance.now() < until; done++) await subject.once();
    return (ms * 1_000) / (done * subject.count);
  };
  await spin(WARM_UP_MS);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  await session.post('Profiler.start');
  const each = await spin(PROFILE_MS);
  const { profile: taken } = await session.post('Profiler.stop');
  session.disconnect();

  const names = new Map(
    taken.nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
      id,
      `${functionName || '(anonymous)'} ${url.replace(/^.*\/(?=[^/]+\/(?:dist|src|node_modules|workloads)\/)/, '')}:${lineNumber + 1}`,
    ]),
  );
  const samples = taken.samples ?? [];
  const counts = new Map<string, number>();
  for (const id of samples) counts.set(names.get(id)!, (counts.get(names.get(id)!) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST)
    .map(([name, count]) => {
      const share = count / samples.length;
      return `${(share * 100).toFixed(1).padStart(5)} %  ${(share * each).toFixed(3)} ${row.unit}  ${name}`;
    });
}
