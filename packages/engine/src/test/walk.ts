import type { DebuggerRun, Stop } from '../index.ts';

/** `path why`, or `end`. */
export function said(stop: Stop | undefined): string {
  return stop === undefined ? 'end' : `${stop.path} ${stop.phase === 'exit' ? 'exit ' : ''}${stop.why}`;
}

type Command = 'continue' | 'stepOver' | 'stepInto' | 'stepOut';

/** Where a run stops, command by command, from its first stop on. */
export async function walk(run: DebuggerRun<unknown>, ...commands: readonly Command[]): Promise<string[]> {
  const stops = [said(await run.stopped())];
  for (const command of commands) stops.push(said(await run[command]()));
  return stops;
}
