import type { DebugSession, DebuggedRun, DebuggerRun, Stop } from '../index.ts';

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

/** A run that has come to its first stop. */
export async function stopped(session: DebugSession, input: unknown, options = {}): Promise<DebuggedRun> {
  const run = session.start(input, options);
  await new Promise<void>((resolve) => {
    const stop = session.on('stopped', (event) => {
      if (event.run !== run) return;
      stop();
      resolve();
    });
  });
  return run;
}
