import { exitNow } from './early-end.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

const CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

/**
 * Calls `onFirst` at the first Ctrl-C (or SIGTERM) with what the process then has to end with; the
 * second ends it at once.
 *
 * @returns the function that gives the signals back their usual meaning
 */
export function onEndSignal(onFirst: (exitCode: ExitCode, signal: 'SIGINT' | 'SIGTERM') => void): () => void {
  let asked = false;
  const listener = (signal: NodeJS.Signals): void => {
    const exitCode = CODES[signal as keyof typeof CODES];
    if (asked) exitNow(exitCode);
    asked = true;
    onFirst(exitCode, signal as keyof typeof CODES);
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return () => {
    process.off('SIGINT', listener);
    process.off('SIGTERM', listener);
  };
}
