import { flow, map, pipe } from '@holon/flow';
import { expect, test } from 'vitest';
import type { Question } from './answers.ts';
import { createDebugger, createEngine } from './index.ts';
import { collected, lines, rejection, simulatedEngine } from './test/setting.ts';

const real = flow('real', async (x: number): Promise<number> => {
  throw new Error(`ran with ${x}`);
});

test('a value takes the place of the body, its source recorded', async () => {
  const { engine, clock } = simulatedEngine({
    answers: ({ id }) => (id === 'p/real' ? { kind: 'value', value: 42, source: 'a mock' } : undefined),
  });
  const run = engine.start(
    pipe(
      'p',
      real,
      flow('inc', (x: number) => x + 1),
    ),
    1 as never,
  );
  const events = collected(run);
  expect(await clock.finish(run.result)).toBe(43);
  expect(events.find(({ type }) => type === 'node.answered')).toMatchObject({ path: 'p/real', source: 'a mock' });
  expect(lines(events, 'node.started')).toEqual(['node.started p', 'node.started p/inc']);
});

test('an error takes the place of the body, and is retried as its own would be', async () => {
  const questions: Question[] = [];
  const error = new Error('mocked');
  const { engine, clock } = simulatedEngine({
    answers: (question) => {
      questions.push(question);
      return { kind: 'error', error, source: 'a mock' };
    },
  });
  expect(await rejection(clock.finish(engine.execute(real.with({ retry: 2 }), 5)))).toBe(error);
  expect(questions).toEqual([1, 2, 3].map((attempt) => ({ path: 'real', id: 'real', input: 5, attempt })));
  expect(clock.elapsed()).toBe(600);
});

test('a run’s own are asked before the engine’s', async () => {
  const { engine, clock } = simulatedEngine({ answers: () => ({ kind: 'value', value: 'engine', source: 'engine' }) });
  const own = (question: Question) =>
    question.input === 1 ? ({ kind: 'value', value: 'run', source: 'run' } as const) : undefined;
  expect(await clock.finish(engine.execute(real, 1, { answers: own }))).toBe('run');
  expect(await clock.finish(engine.execute(real, 2, { answers: own }))).toBe('engine');
});

test('they may answer for a composite, whose children then never open', async () => {
  const { engine, clock } = simulatedEngine({
    answers: ({ id }) => (id === 'p/m' ? { kind: 'value', value: [7], source: 'recorded' } : undefined),
  });
  const run = engine.start(pipe('p', map('m', real)), [1, 2] as never);
  const events = collected(run);
  expect(await clock.finish(run.result)).toEqual([7]);
  expect(lines(events, 'node.opened')).toEqual(['node.opened p', 'node.opened p/m']);
});

test('answers that throw fail the attempt, and hang nothing', async () => {
  const error = new Error('no answer');
  const { engine, clock } = simulatedEngine({
    maxConcurrency: 1,
    answers: ({ id }) => {
      if (id === 'real') throw error;
      return undefined;
    },
  });
  expect(await rejection(clock.finish(engine.execute(real, 1)))).toBe(error);
  const fine = flow('fine', async () => 1);
  expect(await clock.finish(engine.execute(fine, undefined))).toBe(1);
});

test('a flow called within them is a direct call', async () => {
  const model = flow('model', (x: number) => x * 10);
  const { engine, clock } = simulatedEngine({
    answers: ({ id, input }) =>
      id === 'p/real' ? { kind: 'value', value: model(input as number), source: 'model' } : undefined,
  });
  const run = engine.start(pipe('p', real), 4 as never);
  const events = collected(run);
  expect(await clock.finish(run.result)).toBe(40);
  expect(lines(events, 'node.discovered')).toEqual([]);
});

test('what was answered ends as answered, also after it was held at its exit', async () => {
  const debug = createDebugger(
    flow('answered', async () => 'real'),
    {
      engine: createEngine({ answers: () => ({ kind: 'value', value: 'mock', source: 'a mock' }) }),
    },
  );
  debug.setBreakpoint('answered', 'exit');
  const run = debug.run(undefined);
  await run.stopped();
  await run.continue();
  expect(run.state.instances.get('answered')).toMatchObject({ status: 'answered', answeredBy: 'a mock' });
  await debug.close();
});
