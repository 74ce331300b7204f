import { writeFileSync } from 'node:fs';
import { CliError } from '../cli-error.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { parseChoice } from '../input/options.ts';
import { loadFlow } from '../load/load-flow.ts';
import { fileProblem } from '../output/file-problem.ts';
import type { Terminal } from '../output/terminal.ts';

const FORMATS = ['mermaid', 'dot'] as const;
const BY_EXTENSION: Readonly<Record<string, (typeof FORMATS)[number]>> = {
  dot: 'dot',
  gv: 'dot',
  mmd: 'mermaid',
  mermaid: 'mermaid',
};

export interface VisualizeOptions {
  readonly format?: string;
  readonly output?: string;
}

/** `holon visualize`: draws a flow as text that drawing programs read. */
export async function visualizeCommand(
  target: string,
  options: VisualizeOptions,
  { result, notes }: Terminal,
): Promise<ExitCode> {
  const { format: wanted, output } = options;
  if (output === '') throw new CliError('--output is empty; expected the path of a file.');
  const byName = BY_EXTENSION[/\.(\w+)$/u.exec(output ?? '')?.[1] ?? ''];
  const format = wanted === undefined ? (byName ?? 'mermaid') : parseChoice(wanted, FORMATS, '--format');
  const { flow } = await loadFlow(target, notes);
  const { visualizeFlow } = await import('@holon/viz');
  const text = visualizeFlow(flow, { format });
  if (output === undefined) {
    result.write(text.endsWith('\n') ? text : `${text}\n`);
    return EXIT.done;
  }
  try {
    writeFileSync(output, text.endsWith('\n') ? text : `${text}\n`);
  } catch (error) {
    throw new CliError(`--output: "${output}" can't be written: ${fileProblem(error)}.`);
  }
  notes.line(
    `${notes.colors.green('✓')} ${output}  ${notes.colors.dim(`${format}, ${text.split('\n').length} lines`)}`,
  );
  return EXIT.done;
}
