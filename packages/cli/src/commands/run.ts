import type { Engine, Run, RunOutcome } from '@holon/engine';
import { describe, staticIdOf } from '@holon/flow';
import { type EarlyEnd, withoutEarlyEnd } from '../early-end.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { type ChosenInput, asInputMistake, chooseInput } from '../input/choose-input.ts';
import { parseConcurrency, parseTimeout } from '../input/options.ts';
import { type LoadedFlow, addressOf, loadFlow } from '../load/load-flow.ts';
import { shownPath } from '../output/excerpt.ts';
import { shellQuote } from '../output/label.ts';
import { showFailure } from '../output/show-failure.ts';
import { showResult } from '../output/show-result.ts';
import { safe } from '../output/style.ts';
import type { Channel, Terminal } from '../output/terminal.ts';
import { type WatchedRun, watchRun } from '../progress/watch-run.ts';
import { onEndSignal } from '../signals.ts';

export interface RunOptions {
  readonly input?: string;
  readonly concurrency?: string;
  readonly timeout?: string;
  readonly quiet?: boolean;
}

/** A run that stops at once needs no hint. */
const HINT_AFTER_MS = 250;

/** `holon run`: runs a flow and prints its result as JSON. */
export async function runCommand(target: string, options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const maxConcurrency = parseConcurrency(options.concurrency);
  const timeout = parseTimeout(options.timeout);
  const loaded = await loadFlow(target, terminal.notes);
  const input = await chooseInput(loaded, options.input);
  const { createEngine } = await import('@holon/engine');
  const engine: Engine = createEngine({ maxConcurrency });
  let run: Run;
  try {
    run = engine.start(loaded.flow, input.value as never, { timeout });
  } catch (error) {
    throw asInputMistake(error, input, loaded.flow);
  }
  const watched = watchRun(run, loaded, terminal.notes, options.quiet === true);
  let endedBy: ExitCode | undefined;
  let hint: NodeJS.Timeout | undefined;
  const stopListening = onEndSignal((exitCode, signal) => {
    endedBy = exitCode;
    run.cancel(signal === 'SIGINT' ? 'interrupted by Ctrl-C' : 'terminated by SIGTERM');
    hint = setTimeout(() => showWaiting(watched, terminal.notes), HINT_AFTER_MS).unref();
  });
  const outcome = await withoutEarlyEnd(earlyEnd(watched, terminal.notes), run.outcome);
  clearTimeout(hint);
  stopListening();
  watched.end(outcome.status);
  showAbandoned(watched.abandoned, terminal.notes);
  const exitCode = showOutcome(outcome, { loaded, input, options, watched }, terminal);
  return endedBy ?? exitCode;
}

interface Started {
  readonly loaded: LoadedFlow;
  readonly input: ChosenInput;
  readonly options: RunOptions;
  readonly watched: WatchedRun;
}

function showOutcome(outcome: RunOutcome<unknown>, started: Started, terminal: Terminal): ExitCode {
  switch (outcome.status) {
    case 'succeeded':
      showResult(outcome.value, terminal);
      return EXIT.done;
    case 'canceled':
      return EXIT.failed;
    case 'failed':
      showFailure(
        {
          error: outcome.error,
          path: outcome.path,
          attempt: outcome.attempt,
          writtenAt: placeOf(started, outcome.path),
          next: nextStep(started),
        },
        terminal.notes,
      );
      return EXIT.failed;
  }
}

/** Where the flow of an instance was written. */
function placeOf({ loaded, watched }: Started, path: string): string | undefined {
  const id = staticIdOf(path);
  const node = describe(loaded.flow).nodes.find((each) => each.id === id) ?? watched.discovered.get(id)?.node;
  const origin = node?.origin;
  return origin && `${shownPath(origin.file)}:${origin.line}`;
}

function nextStep({ loaded, options: { input: option } }: Started): string {
  const given = option === undefined ? '' : ` --input ${option === '-' ? '<the same input>' : shellQuote(option)}`;
  return `holon debug ${shellQuote(addressOf(loaded))}${given}`;
}

const PATHS_NAMED = 5;

function pathList(paths: readonly string[]): string {
  const named = safe(paths.slice(0, PATHS_NAMED).join(', '));
  return paths.length > PATHS_NAMED ? `${named} and ${paths.length - PATHS_NAMED} more` : named;
}

function showWaiting(watched: WatchedRun, notes: Channel): void {
  notes.line(`… waiting a moment for ${pathList(watched.openPaths())} to stop; Ctrl-C again ends it at once.`);
}

function showAbandoned(paths: readonly string[], notes: Channel): void {
  if (paths.length === 0) return;
  notes.line(
    `${notes.colors.yellow('!')} Left running, since code in this process can only be asked to stop: ${pathList(paths)}`,
  );
}

/** How a run is told to have ended when the process ends before it. */
function earlyEnd(watched: WatchedRun, notes: Channel): EarlyEnd {
  return {
    onIdle: () => {
      watched.end('failed');
      notes.line('  Nothing is left that could end it: no timer, no request, no file is pending.');
      const waiting = watched.waiting();
      for (const { path, reason } of waiting.slice(0, PATHS_NAMED)) notes.line(`  ${safe(path)}: ${safe(reason)}`);
      const stuck = watched.openPaths().filter((path) => waiting.every((wait) => wait.path !== path));
      if (stuck.length > 0) notes.line(`  ${pathList(stuck)} awaits a promise that nobody will settle.`);
    },
    onExit: (code) => {
      watched.end('failed');
      notes.line(
        `  Code of the flow ended the process with process.exit(${code}). Open at that moment: ${pathList(watched.openPaths())}`,
      );
    },
  };
}
