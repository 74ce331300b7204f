import { exitNow } from '../early-end.ts';
import { EXIT } from '../exit-codes.ts';
import { fileProblem } from './file-problem.ts';
import { type Colors, colorsFor } from './style.ts';

/** One of the two ways out of the process. */
export interface Channel {
  /** A terminal that can be redrawn, watched by a person. */
  readonly isTTY: boolean;
  readonly columns: number;
  readonly colors: Colors;
  write(text: string): void;
  /** Writes a line; without text an empty one. */
  line(text?: string): void;
}

export interface Terminal {
  /** Standard output: what the command was asked for, and nothing else. */
  readonly result: Channel;
  /** Standard error: everything else. */
  readonly notes: Channel;
}

/** When the width is unknown, as in a pipe. */
const DEFAULT_COLUMNS = 100;

/**
 * Opens the terminal and keeps standard output for results: what flows and libraries print there
 * from now on (`console.log` too) goes to standard error, so that `holon run … | jq` always works.
 */
export function openTerminal(): Terminal {
  const { stdout, stderr } = process;
  const writeResult = stdout.write.bind(stdout) as (text: string) => boolean;
  for (const stream of [stdout, stderr]) stream.on('error', (error) => onWriteError(error, stream));
  stdout.write = ((...args: Parameters<typeof stderr.write>) => stderr.write(...args)) as typeof stdout.write;
  return {
    result: channel(stdout, writeResult),
    // Looked up at each call: the live progress puts itself in between.
    notes: channel(stderr, (text) => stderr.write(text)),
  };
}

/** A reader that has seen enough (`| head`) is no failure, and changes nothing about how the command ends. */
function onWriteError(error: NodeJS.ErrnoException, stream: NodeJS.WriteStream): void {
  if (error.code === 'EPIPE') return;
  if (stream === process.stdout) process.stderr.write(`Standard output can't be written: ${fileProblem(error)}.\n`);
  exitNow(EXIT.failed);
}

function channel(stream: NodeJS.WriteStream, write: (text: string) => unknown): Channel {
  return {
    isTTY: stream.isTTY === true && process.env['TERM'] !== 'dumb',
    get columns() {
      return stream.columns ?? DEFAULT_COLUMNS;
    },
    colors: colorsFor(stream),
    write: (text) => void write(text),
    line: (text = '') => void write(`${text}\n`),
  };
}
