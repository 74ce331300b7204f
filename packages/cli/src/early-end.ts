import { EXIT, type ExitCode } from './exit-codes.ts';

/** What to do when the process is about to end although work is left. The handlers can only tell, not go on. */
export interface EarlyEnd {
  /** Nothing is left that could wake the work: Node would end here, in silence and with success. */
  readonly onIdle: () => void;
  /** The person's own code called `process.exit(code)`. */
  readonly onExit: (code: number) => void;
  /** @default 1 */
  readonly exitCode?: ExitCode;
}

let exiting = false;

/** Does `work`, and watches that the process does not end under it unnoticed. */
export async function withoutEarlyEnd<T>(
  { onIdle, onExit, exitCode = EXIT.failed }: EarlyEnd,
  work: Promise<T>,
): Promise<T> {
  const idle = (): void => {
    onIdle();
    exitNow(exitCode);
  };
  const exit = (code: number): void => {
    if (exiting) return;
    onExit(code);
    process.exitCode = exitCode;
  };
  process.once('beforeExit', idle);
  process.once('exit', exit);
  try {
    return await work;
  } finally {
    process.off('beforeExit', idle);
    process.off('exit', exit);
  }
}

/** Ends the process on our own account. */
export function exitNow(exitCode: ExitCode): never {
  exiting = true;
  process.exit(exitCode);
}
