import type { Help } from 'commander';
import { CliError } from './cli-error.ts';
import { type Colors, widest } from './output/style.ts';

/** The look of `--help`: titles bold, what is typed in cyan, values dim; one width for all columns. */
export function helpStyle(colors: Colors): Partial<Help> {
  return {
    styleTitle: (text) => colors.bold(text),
    styleCommandText: (text) => colors.cyan(text),
    styleSubcommandText: (text) => colors.cyan(text),
    styleOptionText: (text) => colors.cyan(text),
    styleArgumentText: (text) => colors.yellow(text),
    styleDescriptionText: (text) => text,
    subcommandTerm: (command) => `${command.name()} <file>`,
    minWidthToWrap: 40,
  };
}

/** Commands with what they do beside them, as the last part of a help page. */
export function examples(colors: Colors, lines: readonly (readonly [command: string, does: string])[]): string {
  const width = widest(lines.map(([command]) => command));
  const shown = lines.map(([command, does]) =>
    `  ${colors.dim('$')} ${colors.cyan(command.padEnd(width))}  ${colors.dim(does)}`.trimEnd(),
  );
  return `\n${colors.bold('Examples:')}\n${shown.join('\n')}\n`;
}

export const EXIT_CODES_TEXT =
  '0 done · 1 the run or a test failed · 2 wrong usage or a bad flow · 130/143 interrupted';

/** What the argument parser complains about, in our form. */
export function usageError(text: string): CliError {
  const [message = '', hint = ''] = text
    .replace(/^error: /u, '')
    .trim()
    .split('\n');
  const near = /^\(Did you mean (?:one of )?(.*)\?\)$/u.exec(hint)?.[1]?.replaceAll(/[^\s,]+/gu, '"$&"');
  const sentence = message
    .replaceAll("'", '"')
    .replace(/\.$/u, '')
    .replace(/^./u, (first) => first.toUpperCase());
  return new CliError(`${sentence}.${near === undefined ? '' : ` Did you mean ${near}?`}`, {
    todo: [
      message.startsWith('too many arguments')
        ? `An input is given with --input: holon run flow.ts --input '…'`
        : 'holon --help shows all commands, holon run --help one of them.',
    ],
  });
}
