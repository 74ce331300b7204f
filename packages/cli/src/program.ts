import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { EXIT_CODES_TEXT, examples, helpStyle, usageError } from './help.ts';
import { showCliError } from './output/show-error.ts';
import type { Terminal } from './output/terminal.ts';

const MAX_HELP_COLUMNS = 100;
const INPUT = ['-i, --input <json>', 'JSON text, the path of a JSON file, @path, or - for standard input'] as const;
const CONCURRENCY = ['-c, --concurrency <n>', 'how many bodies run at once (default: 64)'] as const;

/** Runs the command that the arguments say, and gives what the process is to end with. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  const program = buildProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args[0] === 'help' ? helpArguments(program, args[1]) : args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    throw error;
  }
}

function buildProgram(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const { result, notes } = terminal;
  const colors = result.colors;
  const program = new Command('holon')
    .description('Run, test, draw and debug flows.')
    .version(version(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show help; also for a command: holon run --help')
    .helpCommand(false)
    .usage('<command> <file[#export]> [options]')
    .exitOverride()
    .configureHelp(helpStyle(colors))
    .configureOutput({
      writeOut: (text) => result.write(text),
      writeErr: (text) => notes.write(text),
      getOutHasColors: () => true,
      getErrHasColors: () => true,
      getOutHelpWidth: () => Math.min(result.columns, MAX_HELP_COLUMNS),
      getErrHelpWidth: () => Math.min(notes.columns, MAX_HELP_COLUMNS),
      outputError: (text) => showCliError(usageError(text), notes),
    })
    .addHelpText(
      'after',
      () =>
        examples(colors, [
          ['holon run flow.ts --input 3', 'run the flow of a file'],
          ['holon run flow.ts#checkout -i order.json', 'one of several, its input from a file'],
          ['holon debug flow.ts', 'step through it in the browser'],
          ['holon visualize flow.ts -o flow.mmd', 'draw it'],
        ]) + `\n${colors.dim(`Exit codes: ${EXIT_CODES_TEXT}`)}\n`,
    );
  const command = (
    name: string,
    summary: string,
    description: string,
    lines: readonly (readonly [string, string])[],
  ): Command =>
    program
      .command(`${name} <file[#export]>`)
      .summary(summary)
      .description(`${summary}. ${description}`)
      .helpOption('-h, --help', 'show this help')
      .addHelpText('after', () => examples(colors, lines));

  command(
    'run',
    'Run a flow and print its result as JSON',
    'Without --input, it takes what the file exports as "input". Ctrl-C cancels the run.',
    [
      ['holon run flow.ts --input \'{"id": 7}\'', 'JSON on the command line'],
      ['holon run flow.ts --input order.json', 'JSON in a file'],
      ["holon run add.ts --input '[5, 3]'", 'two parameters: a list of two'],
      ['cat order.json | holon run flow.ts -i - | jq .total', 'the result alone is on standard output'],
      ['holon run flow.ts#checkout --timeout 30s -c 4', 'one flow of several, with limits'],
    ],
  )
    .option(...INPUT)
    .option(...CONCURRENCY)
    .option('-t, --timeout <duration>', 'how long the whole run may take: 500ms, 10s, 2m')
    .option('-q, --quiet', 'no progress and no logs; failures are still shown')
    .action(async (target: string, options) =>
      end(await (await import('./commands/run.ts')).runCommand(target, options, terminal)),
    );

  command(
    'test',
    'Run a flow on inputs with known outcomes',
    'The outcomes are compared exactly; without --cases, the cases are what the file exports as "cases".',
    [
      ['holon test flow.ts', 'the cases that the file exports as "cases"'],
      ['holon test flow.ts#add --cases add.json', '[{ "input": [2, 3], "output": 5 }, { "input": [], "error": true }]'],
    ],
  )
    .option('--cases <file>', 'a JSON list of { name?, input, output } or { name?, input, error }')
    .option(...CONCURRENCY)
    .option('-t, --timeout <duration>', 'how long each case may take')
    .action(async (target: string, options) =>
      end(await (await import('./commands/test.ts')).testCommand(target, options, terminal)),
    );

  command(
    'debug',
    'Step through a flow in the browser',
    'With an input (--input, or what the file exports as "input") a run starts, paused at its first node. Ctrl-C ends it.',
    [
      ['holon debug flow.ts', 'with the input that the file exports, if any'],
      ['holon debug flow.ts#checkout -i order.json', 'one flow of several, its input from a file'],
      ['holon debug flow.ts --no-pause --no-open --port 4000', 'run at once, on a fixed port, no browser'],
    ],
  )
    .option(...INPUT)
    .option(...CONCURRENCY)
    .option('-p, --port <n>', 'the port to listen on, on this machine only (default: any free one)')
    .option('--open', 'open a browser (default: when there is a desktop)')
    .option('--no-open', 'open no browser')
    .option('--no-pause', 'let the first run start at once')
    .action(async (target: string, options) =>
      end(await (await import('./commands/debug.ts')).debugCommand(target, options, terminal)),
    );

  command('visualize', 'Draw a flow as Mermaid or DOT', 'The text goes to standard output, or to a file.', [
    ['holon visualize flow.ts', 'Mermaid, for Markdown files and chats'],
    ['holon visualize flow.ts --format dot | dot -Tsvg > flow.svg', 'a picture by Graphviz'],
    ['holon visualize flow.ts -o flow.dot', 'the format by the file name'],
  ])
    .option('-f, --format <format>', 'mermaid or dot (default: by --output, else mermaid)')
    .option('-o, --output <file>', 'write a file instead of printing')
    .action(async (target: string, options) =>
      end(await (await import('./commands/visualize.ts')).visualizeCommand(target, options, terminal)),
    );

  command(
    'inspect',
    'Show what a flow is made of',
    'Its children with their ids, policies and where they were written. Nothing is run.',
    [
      ['holon inspect flow.ts', 'a tree for people'],
      ["holon inspect flow.ts --json | jq '.picture.nodes[].id'", 'the same as data'],
    ],
  )
    .option('--json', 'print data instead of text')
    .action(async (target: string, options) =>
      end(await (await import('./commands/inspect.ts')).inspectCommand(target, options, terminal)),
    );

  return program;
}

/** `holon help run`, as in other tools, for `holon run --help`. A command that there is not is left to be complained about. */
function helpArguments(program: Command, about: string | undefined): string[] {
  if (about === undefined) return ['--help'];
  return program.commands.some((command) => command.name() === about) ? [about, '--help'] : [about];
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
