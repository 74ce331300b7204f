import { CliError } from './cli-error.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { showCliError } from './output/show-error.ts';
import { openTerminal } from './output/terminal.ts';
import { endProcess, reportStrayErrors } from './process-end.ts';
import { runProgram } from './program.ts';

const terminal = openTerminal();
reportStrayErrors(terminal.notes);

async function main(): Promise<ExitCode> {
  try {
    checkWorkingFolder();
    return await runProgram(process.argv.slice(2), terminal);
  } catch (error) {
    if (error instanceof CliError) {
      showCliError(error, terminal.notes);
      return error.exitCode;
    }
    terminal.notes.line(
      `holon itself failed; please report this:\n${error instanceof Error ? error.stack : String(error)}`,
    );
    return EXIT.failed;
  }
}

/** A shell may stand in a folder that somebody else has removed. */
function checkWorkingFolder(): void {
  try {
    process.cwd();
  } catch {
    throw new CliError('The current folder does not exist any more.');
  }
}

void main().then((exitCode) => endProcess(exitCode, terminal.notes));
