import { toWireError } from '@holon/flow';
import { exitNow } from './early-end.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { errorText } from './output/error-text.ts';
import { frameLines, ownFrames } from './output/stack.ts';
import { indent, safe } from './output/style.ts';
import type { Channel } from './output/terminal.ts';

/** How long what a flow left open (a connection pool, a timer) may keep the process after the result is out. */
const LINGER_MS = 1_000;

/** What is no work left over but how the process itself lives. */
const OWN_RESOURCES = new Set(['TTYWrap', 'PipeWrap', 'TTYWRAP', 'PIPEWRAP']);

/**
 * Ends the process with `exitCode`: by itself when nothing is left to do; after a moment when
 * something is, saying what; at once when it was told to.
 */
export function endProcess(exitCode: ExitCode, notes: Channel): void {
  if (exitCode === EXIT.interrupted || exitCode === EXIT.terminated) exitNow(exitCode);
  process.exitCode = exitCode;
  setTimeout(() => {
    const open = process.getActiveResourcesInfo().filter((name) => !OWN_RESOURCES.has(name));
    if (exitCode === EXIT.done && open.length > 0) {
      notes.line(notes.colors.dim(`ended with something still open: ${[...new Set(open)].join(', ')}`));
    }
    exitNow(exitCode);
  }, LINGER_MS).unref();
}

/** An error that no run caught (a timer's callback, a promise nobody awaits): shown like any other, and the end. */
export function reportStrayErrors(notes: Channel): void {
  process.on('uncaughtException', (error: unknown) => {
    notes.line(
      `${notes.colors.red('✗')} ${notes.colors.bold('An error was thrown outside of any run')}, by a callback or a promise that nobody awaits.`,
    );
    notes.line(`  ${safe(errorText(error))}`);
    const frames = ownFrames(toWireError(error).stack);
    if (frames.length > 0) notes.line(indent(frameLines(frames).join('\n'), 4));
    exitNow(EXIT.failed);
  });
  process.removeAllListeners('warning');
  process.on('warning', (warning: Error & { code?: string }) => {
    // Node tells that it had to find out by itself whether a file is ESM; nobody has to act on that.
    if (warning.code === 'MODULE_TYPELESS_PACKAGE_JSON' || warning.name === 'ExperimentalWarning') return;
    notes.line(`${notes.colors.yellow('warning')}  ${safe(`${warning.name}: ${warning.message}`)}`);
  });
}
