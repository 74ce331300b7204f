import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { flow, isHolonError, map, parallel, pipe, transfer } from '@holon/flow';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import * as flows from '../../test/isolated/policies.ts';
import { type Engine, type EngineOptions, createEngine } from '../index.ts';
import { collected, lines, rejection, simulatedEngine } from '../test/setting.ts';

const engines: Engine[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});

function engineWith(options: EngineOptions = {}): Engine {
  const engine = createEngine({ threads: 2, ...options });
  engines.push(engine);
  return engine;
}

describe('an isolated flow', () => {
  test('gives what it gives when called directly', async () => {
    const engine = engineWith();
    expect(await engine.execute(flows.squares, [1, 2, 3])).toBe(14);
    expect(await engine.execute(flows.squares, [1, 2, 3])).toBe(await flows.squares([1, 2, 3]));
    expect(await engine.execute(flows.join, ['a', 'b'])).toBe('a-b');
  });

  test('of a hundred bodies over two workers each has its own', async () => {
    const engine = engineWith();
    const all = Array.from({ length: 100 }, (_, i) => i);
    expect(await engine.execute(map('all', flows.square), all)).toEqual(all.map((i) => i * i));
  });

  test('tells its run the same as any other', async () => {
    const engine = engineWith();
    const run = engine.start(map('all', flows.square), [2]);
    const events = collected(run);
    await run.result;
    expect(lines(events)).toEqual([
      'run.created',
      'run.started',
      'node.opened all',
      'node.started all',
      'node.opened all[0]/square',
      'node.started all[0]/square',
      'node.succeeded all[0]/square',
      'node.succeeded all',
      'run.succeeded',
    ]);
  });

  test('checks its input before, and its result after, once', async () => {
    const engine = engineWith();
    const marked = flows.join.with({
      input: z.tuple([z.string().transform((text) => `${text}!`), z.string()]) as never,
      output: z.string().transform((text) => `${text}?`) as never,
    });
    expect(await engine.execute(marked, ['a', 'b'])).toBe('a!-b?');
    expect(await marked('a', 'b')).toBe('a!-b?');
    expect(() => engine.execute(marked, ['a', 5 as never])).toThrow('[1]: Invalid input');
    const wrong = flows.join.with({ output: z.number() as never });
    expect(await rejection(engine.execute(wrong, ['a', 'b']))).toMatchObject({ code: 'invalid-output', path: 'join' });
  });

  test('hands over what its author said, but not where another attempt may need it', async () => {
    const engine = engineWith();
    const once = transfer(new Uint8Array(10));
    const twice = transfer(new Uint8Array(10));
    expect(await engine.execute(flows.countBytes, once)).toBe(10);
    expect(await engine.execute(flows.countBytesTwice, twice)).toBe(10);
    expect([once.byteLength, twice.byteLength]).toEqual([0, 10]);
  });
});

describe('policies', () => {
  test('a timeout ends an endless loop; the run goes on with other workers', async () => {
    const engine = engineWith({ threads: 1 });
    const loop = flows.spin.with({ timeout: 20 });
    const error = await rejection(engine.execute(loop));
    expect(error).toMatchObject({ code: 'timeout', message: 'timed out after 20 ms', path: 'spin' });
    expect(await engine.execute(flows.square, 3)).toBe(9);
  });

  test('a canceled run ends within the time that bodies are given to stop', async () => {
    const engine = engineWith();
    const run = engine.start(flows.spin);
    const events = collected(run);
    run.on((event) => {
      if (event.type === 'node.logged') run.cancel('enough');
    });
    expect(await run.outcome).toEqual({ status: 'canceled', reason: 'enough' });
    expect(lines(events, 'node.abandoned', 'node.late', 'node.canceled')).toEqual(['node.canceled spin']);
  });

  test('while it waits for a worker it says so, takes no place from others, and its time does not run', async () => {
    const engine = engineWith({ threads: 1, maxConcurrency: 2 });
    const run = engine.start(map('all', flows.busy.with({ timeout: 1_000 })), Array<number>(12).fill(100));
    const waited = new Promise<ReturnType<typeof run.waiting>>((resolve) => {
      run.on((event) => {
        if (event.type === 'node.queued') setImmediate(() => resolve(run.waiting()));
      });
    });
    const [first] = await waited;
    expect(first).toMatchObject({
      path: 'all[1]/busy',
      kind: 'worker',
      reason: 'waiting for a worker thread: 1 has it, of 1 at once',
    });
    expect(await engine.execute(flow('other', async () => 'not held up'))).toBe('not held up');
    expect(await run.result).toEqual(Array.from({ length: 12 }, (_, i) => `all[${i}]/busy`));
  });

  test('who goes next to a worker is for the scheduler to say', async () => {
    const engine = engineWith({ threads: 1, scheduler: 'priority' });
    const ended: string[] = [];
    const start = (name: string, priority: 'low' | 'high'): Promise<unknown> =>
      engine.execute(flows.busy, 20, { priority }).then(() => ended.push(name));
    await Promise.all([start('first', 'low'), start('low', 'low'), start('high', 'high')]);
    expect(ended).toEqual(['first', 'high', 'low']);
  });

  test('a crash is a failure like any other: retried, on another worker', async () => {
    const engine = engineWith();
    const run = engine.start(flows.flaky, 3);
    const events = collected(run);
    expect(await run.result).toBe(3);
    expect(lines(events, 'node.retrying')).toEqual(['node.retrying flaky', 'node.retrying flaky']);
    const never = await rejection(engine.execute(flows.flaky.with({ retry: 0 }), 3));
    expect(never).toMatchObject({ code: 'worker-crashed', path: 'flaky' });
  });

  test('when one fails, its siblings are stopped', async () => {
    const engine = engineWith();
    const both = parallel('both', {
      spin: flows.spin,
      fails: flow('fails', async () => {
        throw new Error('failed first');
      }),
    });
    await expect(engine.execute(both, {} as never)).rejects.toThrow('failed first');
  });
});

describe('finding it', () => {
  test('called by plain code it is found by the line it was made on', async () => {
    const engine = engineWith();
    const run = engine.start(flows.calls, 3);
    const events = collected(run);
    expect(await run.result).toBe(81);
    expect(lines(events, 'node.started')).toEqual([
      'node.started calls',
      'node.started calls/square',
      'node.started calls/square[2]',
    ]);
  });

  test('several of one name on a line are refused before the run, with what to do', async () => {
    const run = engineWith().start(flows.several, 5);
    const events = collected(run);
    const error = await rejection(run.result);
    expect(isHolonError(error, 'not-isolatable')).toBe(true);
    expect((error as Error).message).toMatch(
      /^"made" \(.*policies\.ts:\d+\) can't run isolated: more than one isolated flow of that name is made on that line/u,
    );
    expect((error as Error).message).toContain('createEngine({ flows: { … } })');
    expect(lines(events, 'node.started')).toEqual([]);
  });

  test('unless the engine knows by which exports they are reached', async () => {
    expect(await engineWith({ flows }).execute(flows.several, 5)).toBe(30);
  });

  test('one that no worker has, since it is made later, is refused before the run', async () => {
    const engine = engineWith();
    const later = flows.makeLater();
    let began = false;
    const first = pipe(
      'p',
      flow('first', async () => {
        began = true;
      }),
      later as never,
    );
    const error = await rejection(engine.execute(first as never));
    expect(error).toMatchObject({ code: 'not-isolatable' });
    expect((error as Error).message).toContain('it is made in a function that is called later');
    expect(began).toBe(false);
    await expect(engine.execute(flows.callsLater)).rejects.toMatchObject({
      code: 'not-isolatable',
      path: 'callsLater/later',
    });
  });

  test('canceled meanwhile, the run ends at once', async () => {
    const engine = engineWith();
    const run = engine.start(flows.squares, [1]);
    await Promise.resolve();
    run.cancel('changed my mind');
    expect(await run.outcome).toEqual({ status: 'canceled', reason: 'changed my mind' });
  });
});

/** Writes modules that are to be run by Node itself. */
function written(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'holon-isolated-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const flow = new URL('../../../flow/src/index.ts', import.meta.url).href;
  const engine = new URL('../index.ts', import.meta.url).href;
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, name), text.replaceAll('@holon/flow', flow).replaceAll('@holon/engine', engine));
  return folder;
}

function runByNode(file: string, ...more: readonly string[]): string {
  const options = ['--conditions=holon-source', '--disable-warning=ExperimentalWarning', ...more];
  return execFileSync(process.execPath, [...options, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const MAIN = `
import { flow } from '@holon/flow';
import { createEngine } from '@holon/engine';

export const double = flow('double', async (x: number) => x * 2, { isolation: 'thread' });
`;

/** Each starts Node, and that starts workers: as long as it takes on a busy machine. */
const PATIENCE_MS = 60_000;

describe('a module with isolated flows', { timeout: PATIENCE_MS }, () => {
  test('starts its run in the main program alone; then the process ends by itself', () => {
    const folder = written({
      'main.ts': `${MAIN}
        if (import.meta.main) {
          await using engine = createEngine();
          console.log(await engine.execute(double, 21));
        }`,
      'left-open.ts': `${MAIN}
        if (import.meta.main) console.log(await createEngine().execute(double, 4));`,
    });
    expect(runByNode(join(folder, 'main.ts'))).toBe('42\n');
    expect(runByNode(join(folder, 'left-open.ts'))).toBe('8\n');
  });

  test('that starts one as a worker imports it is told so, with the line', () => {
    const folder = written({
      'main.ts': `${MAIN}
        const engine = createEngine();
        console.log(await engine.execute(double, 21).catch((error) => [error.code, error.message, error.cause.code]));`,
    });
    const [printed] = [runByNode(join(folder, 'main.ts'))];
    expect(printed).toContain('worker-import-failed');
    expect(printed).toContain("'run-while-importing'");
    expect(printed).toContain(
      `at ${pathToFileURL(join(folder, 'main.ts')).href}:8. Start it in the main program alone`,
    );
  });

  test.each([
    ['throws', "if (!isMainThread) throw new TypeError('not in a worker');", 'TypeError: not in a worker'],
    ['has a syntax error', "if (!isMainThread) await import('./broken.mjs');", 'SyntaxError: Unexpected'],
    ['is not there', "if (!isMainThread) await import('./nowhere.mjs');", 'Cannot find module'],
    ['needs a compiler', "if (!isMainThread) await import('./enum.ts');", 'Workers import with Node itself'],
    [
      'rejects while nobody listens',
      'if (!isMainThread) { void Promise.reject(new RangeError("unheard")); await new Promise((go) => setTimeout(go, 20)); }',
      'RangeError: unheard',
    ],
  ])('that %s in a worker is a clear error', (_what, line, message) => {
    const folder = written({
      'broken.mjs': 'export const = 5;',
      'enum.ts': 'enum Color { Red }',
      'work.ts': `import { isMainThread } from 'node:worker_threads'; ${line} ${MAIN}`,
      'main.ts': `
        import { createEngine } from '@holon/engine';
        import { double } from './work.ts';
        await using engine = createEngine();
        console.log(await engine.execute(double, 21).catch((error) => error.code + ' ' + error.message));
        console.log(await engine.execute(double, 21).catch((error) => error.code));`,
    });
    const printed = runByNode(join(folder, 'main.ts'));
    expect(printed).toMatch(/^worker-import-failed /u);
    expect(printed).toContain(message);
    expect(printed).toMatch(/\nworker-import-failed\n$/u);
  });
});

/** Says that each line of a file comes from the line with that number, plus ten, of a source. */
function sourceMapTo(source: string): string {
  const map = {
    version: 3,
    sources: [source],
    names: [],
    mappings: ['AAUA', ...Array<string>(20).fill('AACA')].join(';'),
  };
  return `//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
}

test(
  'what was compiled is imported by workers as it was loaded, wherever its source is',
  { timeout: PATIENCE_MS },
  () => {
    const folder = written({
      'work.js': `
      import { flow, parallel } from '@holon/flow';
      const made = (by) => flow('made', async (x) => x * by, { isolation: 'thread' });
      export const both = parallel({ three: made(3), four: made(4) });
      export const double = flow('double', async (x) => x * 2, { isolation: 'thread' });
      ${sourceMapTo('../src/work.ts')}`,
      'main.js': `
      import { createEngine } from '@holon/engine';
      import * as flows from './work.js';
      await using engine = createEngine({ flows });
      console.log(await engine.execute(flows.double, 21), await engine.execute(flows.both, 2));`,
    });
    const printed = '42 { three: 6, four: 8 }\n';
    expect(runByNode(join(folder, 'main.js'))).toBe(printed);
    expect(runByNode(join(folder, 'main.js'), '--enable-source-maps')).toBe(printed);
  },
);

describe('threads: 0', () => {
  test('runs isolated bodies in the thread of the engine, on whatever clock that has', async () => {
    const { engine, clock } = simulatedEngine({ threads: 0 });
    const slow = flow('slow', async () => clock.sleep(3_600_000).then(() => clock.elapsed()), { isolation: 'thread' });
    expect(await clock.finish(engine.execute(slow))).toBe(3_600_000);
    expect(await clock.finish(engine.execute(flows.several, 5))).toBe(30);
  });
});

test('options are checked', () => {
  expect(() => createEngine({ threads: 1.5 })).toThrow('threads: 1.5 is not a whole number from 0.');
  expect(() => createEngine({ flows: 5 as never })).toThrow('flows: 5 is not a record of flows.');
});
