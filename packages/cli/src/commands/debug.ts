import { type DebugServer, openDebugServer } from '@holon/debugger/server';
import { type DebugSession, createEngine, openDebugSession } from '@holon/engine';
import { definitionOf, isHolonError } from '@holon/flow';
import { CliError } from '../cli-error.ts';
import { type EarlyEnd, withoutEarlyEnd } from '../early-end.ts';
import type { ExitCode } from '../exit-codes.ts';
import { type ChosenInput, asInputMistake, chooseInput, hasInput } from '../input/choose-input.ts';
import { parseConcurrency, parsePort } from '../input/options.ts';
import { type LoadedFlow, loadFlow } from '../load/load-flow.ts';
import { labelOf } from '../output/label.ts';
import { whyUnreadable } from '../output/error-text.ts';
import { shownPath } from '../output/excerpt.ts';
import { safe } from '../output/style.ts';
import { toJson } from '../output/to-json.ts';
import type { Channel, Terminal } from '../output/terminal.ts';
import { hasDesktop, openBrowser } from '../open-browser.ts';
import { showSession } from '../progress/show-session.ts';
import { onEndSignal } from '../signals.ts';

export interface DebugOptions {
  readonly input?: string;
  readonly concurrency?: string;
  readonly port?: string;
  readonly open?: boolean;
  readonly pause?: boolean;
}

/** `holon debug`: opens a flow in the browser debugger and stays until it is told to end. */
export async function debugCommand(
  target: string,
  options: DebugOptions,
  { result, notes }: Terminal,
): Promise<ExitCode> {
  const port = parsePort(options.port);
  const maxConcurrency = parseConcurrency(options.concurrency);
  const loaded = await loadFlow(target, notes);
  const input = await initialInput(loaded, options.input);
  const engine = createEngine({ maxConcurrency });
  const session = openDebugSession(loaded.flow, { engine });
  const stopShowing = showSession(session, labelOf(loaded), notes);
  const server = await openServer({ session, port, loaded, inputText: input && inputText(input, notes) });
  const ended = untilEndSignal(notes);
  const close = async (): Promise<void> => {
    await server.close();
    await session.close();
    await engine.close();
    stopShowing();
  };
  try {
    startFirstRun(session, input, options.pause !== false, loaded, notes);
  } catch (error) {
    await close();
    throw asInputMistake(error, input ?? { value: undefined, source: 'none' }, loaded.flow);
  }
  result.line(`Debugger: ${server.url}`);
  if (options.open ?? hasDesktop()) {
    openBrowser(server.url, (why) => notes.line(`No browser could be opened (${why}); open the link above.`));
  }
  notes.line(notes.colors.dim('Ctrl-C ends it.'));
  const exitCode = await withoutEarlyEnd(earlyEnd(notes), ended);
  await close();
  return exitCode;
}

/** Unlike a run, a debug session can do without: the input can be typed in the browser. */
async function initialInput(loaded: LoadedFlow, option: string | undefined): Promise<ChosenInput | undefined> {
  return option !== undefined || hasInput(loaded.exports) ? chooseInput(loaded, option) : undefined;
}

function startFirstRun(
  session: DebugSession,
  input: ChosenInput | undefined,
  paused: boolean,
  loaded: LoadedFlow,
  notes: Channel,
): void {
  const { colors } = notes;
  const label = colors.bold(safe(labelOf(loaded)));
  if (input === undefined && definitionOf(loaded.flow)!.arity > 0) {
    notes.line(`${label} waits for an input: type one in the browser, or give one with --input.`);
    return;
  }
  session.start(input?.value, { paused });
  notes.line(paused ? `${label} is paused at its first node.` : `${label} is running.`);
}

/** The input as JSON, for editing; undefined where reading it throws. Says what JSON leaves out of it. */
function inputText({ value }: ChosenInput, notes: Channel): string | undefined {
  try {
    const json = toJson(value, true);
    if (json.notes.length > 0) {
      const kinds = json.notes.map(({ kind, writtenAs }) => `${kind} as ${writtenAs}`);
      notes.line(`The input box has the input as JSON, with ${safe(kinds.join(', '))}.`);
    }
    return json.text;
  } catch (error) {
    notes.line(`The input box stays empty, since JSON can't say this input: ${safe(whyUnreadable(error))}.`);
    return undefined;
  }
}

interface ServerSetup {
  readonly session: DebugSession;
  readonly port: number;
  readonly loaded: LoadedFlow;
  /** What the input box starts with. */
  readonly inputText: string | undefined;
}

/** @throws CliError when the port is taken or may not be used, or the browser app was not built */
async function openServer({ session, port, loaded, inputText }: ServerSetup): Promise<DebugServer> {
  try {
    return await openDebugServer({
      session,
      port,
      file: shownPath(loaded.target.file),
      input: inputText,
    });
  } catch (error) {
    if (!isHolonError(error, 'invalid-option')) throw error;
    throw new CliError(error.message, { todo: port === 0 ? [] : ['Leave --port out to take any free port.'] });
  }
}

/** The server keeps the process alive, so that only the person's own code can end it. */
function earlyEnd(notes: Channel): EarlyEnd {
  return {
    onIdle: () => undefined,
    onExit: (code) =>
      notes.line(`${notes.colors.red('✗')} Code of the flow ended the process with process.exit(${code}).`),
  };
}

function untilEndSignal(notes: Channel): Promise<ExitCode> {
  return new Promise((resolve) => {
    onEndSignal((exitCode) => {
      notes.line('Closing the debugger.');
      resolve(exitCode);
    });
  });
}
