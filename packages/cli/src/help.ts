import type { Help } from 'commander';
import type { Colors } from './output/style.ts';

/** The look of `--help`: titles bold, what is typed in cyan, values dim; one width for all columns. */
export function helpStyle(colors: Colors): Partial<Help> {
  return {
    styleTitle: (text) => colors.bold(text),
    styleCommandText: (text) => colors.cyan(text),
    styleSubcommandText: (text) => colors.cyan(text),
    styleOptionText: (text) => colors.cyan(text),
    styleArgumentText: (text) => colors.yellow(text),
    styleDescriptionText: (text) => text,
    minWidthToWrap: 40,
  };
}

/** Commands with what they do beside them, as the last part of a help page. */
export function examples(colors: Colors, lines: readonly (readonly [command: string, does: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  const shown = lines.map(([command, does]) => `  ${colors.dim('$')} ${colors.cyan(command.padEnd(width))}  ${colors.dim(does)}`.trimEnd());
  return `\n${colors.bold('Examples:')}\n${shown.join('\n')}\n`;
}

export const EXIT_CODES_TEXT = '0 done · 1 the run or a test failed · 2 wrong usage or a bad flow · 130/143 interrupted';
