/** What the process ends with. Part of the command's contract: scripts rely on it. */
export const EXIT = {
  /** The command did what it was asked to. */
  done: 0,
  /** The run, or a test, failed. */
  failed: 1,
  /** Wrong usage, a bad input, or a file without a usable flow. */
  usage: 2,
  /** Ended by Ctrl-C (SIGINT). */
  interrupted: 130,
  /** Ended by SIGTERM. */
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
