/** The engine that is measured, and the proof that it keeps its promises in the very shape that is measured. */
import assert from 'node:assert/strict';
import { type AnyFlow, context } from '@holon/flow';
import { type Engine, createEngine } from '@holon/engine';
import { type Timed, timed } from './row.ts';
import { type Body, type SyncBody, step, syncStep } from './step.ts';

export const engine: Engine = createEngine();

interface Shape {
  /** The flow that is measured, around any body. */
  readonly around: (body: Body) => AnyFlow;
  readonly input: unknown;
  readonly expected: unknown;
  /** How many bodies run in it. */
  readonly count: number;
  /** What the path of each body looks like. */
  readonly path: RegExp;
  /** Which attempt reaches the body. @default 1 */
  readonly attempt?: number;
  /** What is measured. @default step */
  readonly body?: Body | SyncBody;
}

/** Proves the shape, then gives it to be measured. */
export async function provenFlow(shape: Shape): Promise<Timed> {
  const { around, input, expected, count, body = step } = shape;
  await prove(shape);
  const flow = around(body as Body);
  return timed(count, expected, () => engine.execute(flow, input));
}

/** @throws AssertionError when context or cancel are not right */
export async function prove(shape: Shape): Promise<void> {
  await proveContext(shape);
  if (!isSync(shape.body)) await proveCancel(shape);
}

/** Nobody can cancel between synchronous bodies. */
function isSync(body: Body | SyncBody | undefined): body is SyncBody {
  return body === syncStep;
}

const SAMPLE = 37;

/** Path, signal and run id are right in a sample of bodies, before and after an await, and no two have the same path. */
async function proveContext({ around, input, expected, count, path, attempt = 1, body = step }: Shape): Promise<void> {
  const paths: string[] = [];
  const runs = new Set<string | undefined>();
  let called = 0;
  const look = (): string => {
    const at = context();
    assert.match(at.path!, path);
    assert.equal(at.attempt, attempt);
    assert.equal(at.signal.aborted, false);
    assert.equal(at.signal, context().signal);
    runs.add(at.runId);
    return at.path!;
  };
  const probe: Body | SyncBody = isSync(body)
    ? (...given) => {
        if (called++ % SAMPLE === 0) paths.push(look());
        return body(...given);
      }
    : async (...given) => {
        if (called++ % SAMPLE === 0) {
          const before = look();
          await Promise.resolve();
          assert.equal(look(), before);
          paths.push(before);
        }
        return body(...given);
      };
  assert.deepEqual(await engine.execute(around(probe as Body), input), expected);
  assert.equal(called, count);
  assert.equal(new Set(paths).size, paths.length);
  assert.equal(runs.size, 1);
}

/** A cancel in the middle aborts what is open, starts nothing more, and is the outcome. */
async function proveCancel({ around, input, count, body = step }: Shape): Promise<void> {
  const middle = Math.ceil(count / 2);
  let called = 0;
  let aborted = 0;
  const flow = around(async (...given) => {
    called += 1;
    if (called < middle) return body(...given);
    const { signal } = context();
    signal.addEventListener('abort', () => (aborted += 1));
    run.cancel('in the middle');
    assert.equal(signal.aborted, true);
    return body(...given);
  });
  const run = engine.start(flow, input);
  const outcome = await run.outcome;
  assert.equal(outcome.status, 'canceled');
  assert.equal(aborted, called - middle + 1);
  assert.equal(called, middle);
}
