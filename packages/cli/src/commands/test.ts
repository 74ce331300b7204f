import type { Engine, RunOutcome } from '@holon/engine';
import { viewOf, viewText } from '@holon/engine/events';
import { type Verdict, judge, outcomeText } from '../cases/judge.ts';
import { type Case, readCases } from '../cases/read-cases.ts';
import { type EarlyEnd, withoutEarlyEnd } from '../early-end.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { parseConcurrency, parseTimeout } from '../input/options.ts';
import { type LoadedFlow, loadFlow } from '../load/load-flow.ts';
import { labelOf } from '../output/label.ts';
import { count, durationText, safe } from '../output/style.ts';
import type { Channel, Terminal } from '../output/terminal.ts';
import { onEndSignal } from '../signals.ts';

export interface TestOptions {
  readonly cases?: string;
  readonly concurrency?: string;
  readonly timeout?: string;
}

const VALUE_LIMITS = { depth: 4, chars: 400 };

/** `holon test`: runs a flow on inputs with known outcomes and compares exactly. */
export async function testCommand(
  target: string,
  options: TestOptions,
  { result, notes }: Terminal,
): Promise<ExitCode> {
  const maxConcurrency = parseConcurrency(options.concurrency);
  const timeout = parseTimeout(options.timeout);
  const loaded = await loadFlow(target, notes);
  const cases = readCases(loaded, options.cases);
  const { createEngine } = await import('@holon/engine');
  const engine = createEngine({ maxConcurrency });

  let endedBy: ExitCode | undefined;
  const abort = new AbortController();
  const stopListening = onEndSignal((exitCode) => {
    endedBy = exitCode;
    abort.abort(new Error('interrupted'));
  });
  result.line(`${result.colors.bold(safe(labelOf(loaded)))}  ${result.colors.dim(count(cases.length, 'case'))}`);
  const startedAt = performance.now();
  let failed = 0;
  let done = 0;
  for (const each of cases) {
    const caseStartedAt = performance.now();
    const outcome = outcomeOf(engine, loaded, each, { timeout, signal: abort.signal });
    const verdict = judge(each, await withoutEarlyEnd(earlyEnd(each, result), outcome));
    if (endedBy !== undefined) break;
    done += 1;
    if (verdict.kind !== 'passed') failed += 1;
    showVerdict(each, verdict, performance.now() - caseStartedAt, result);
  }
  stopListening();
  if (endedBy !== undefined) {
    notes.line(`${notes.colors.yellow('■')} Interrupted after ${done} of ${count(cases.length, 'case')}.`);
    return endedBy;
  }
  result.line(summary(cases.length - failed, failed, performance.now() - startedAt, result));
  return failed === 0 ? EXIT.done : EXIT.failed;
}

/** A case under which the process ends is the last one, and failed. */
function earlyEnd({ name }: Case, { line, colors }: Channel): EarlyEnd {
  const tell = (what: string) =>
    line(
      `${colors.red('✗')} ${colors.bold(safe(name))}\n    ${what}\n\n${colors.red('ended before all cases were run')}`,
    );
  return {
    onIdle: () => tell('It awaits a promise that nobody will settle: no timer, no request, no file is pending.'),
    onExit: (code) => tell(`Code of the flow ended the process with process.exit(${code}).`),
  };
}

/** What the engine refuses before it starts counts as a failure: a case may expect it. */
async function outcomeOf(
  engine: Engine,
  loaded: LoadedFlow,
  { input }: Case,
  options: Parameters<Engine['start']>[2],
): Promise<RunOutcome<unknown>> {
  try {
    return await engine.start(loaded.flow, input as never, options).outcome;
  } catch (error) {
    return { status: 'failed', error, path: labelOf(loaded), attempt: 1, gaveUp: undefined };
  }
}

function showVerdict({ name }: Case, verdict: Verdict, tookMs: number, { line, colors }: Channel): void {
  if (verdict.kind === 'passed') {
    line(`${colors.green('✓')} ${safe(name)}  ${colors.dim(durationText(tookMs))}`);
    return;
  }
  line(`${colors.red('✗')} ${colors.bold(safe(name))}  ${colors.dim(durationText(tookMs))}`);
  const row = (label: string, text: string) => line(`    ${colors.dim(label.padEnd(8))}  ${safe(text)}`);
  switch (verdict.kind) {
    case 'wrong-end':
      row('expected', verdict.expected);
      row('got', outcomeText(verdict.outcome, valueText));
      return;
    case 'unreadable':
      row('got', `a value that can't be compared: ${verdict.why}`);
      return;
    case 'different': {
      const { path, expected, actual, why } = verdict.difference;
      row('at', `${path === '' ? 'the whole value' : path}${why === undefined ? '' : `: ${why}`}`);
      row('expected', valueText(expected));
      row('got', valueText(actual));
    }
  }
}

function valueText(value: unknown): string {
  return viewText(viewOf(value), VALUE_LIMITS);
}

function summary(passed: number, failed: number, tookMs: number, { colors }: Channel): string {
  const parts = [colors.green(`${passed} passed`), ...(failed === 0 ? [] : [colors.red(`${failed} failed`)])];
  return `\n${parts.join(', ')}${colors.dim(` in ${durationText(tookMs)}`)}`;
}
