import { flow, pipe } from '@holon/flow';
import { expect, test } from 'vitest';
import { openTestServer } from './test/open-test-server.ts';

const work = () =>
  pipe(
    'work',
    flow('first', async (x: number) => x + 1),
    flow('second', async (x: number) => x * 2),
  );

test('breakpoints that one client replaces are announced to the other, and to who comes later', async () => {
  const { attach } = await openTestServer(work());
  const one = await attach();
  const other = await attach();
  await other.event('holon/breakpoints', ({ breakpoints }) => breakpoints.length === 0);

  const { breakpoints } = await one.ask('holon/setBreakpoints', {
    breakpoints: [{ node: 'second' }, { node: 'secnd' }],
  });
  expect(breakpoints).toMatchObject([
    { node: 'work/second', phase: 'entry', verified: true },
    { node: 'secnd', verified: false, message: expect.stringContaining('Did you mean "second"?') },
  ]);
  const told = await other.event('holon/breakpoints', (body) => body.breakpoints.length === 2);
  expect(told.breakpoints).toEqual(breakpoints);
  expect(one.events('holon/breakpoints')).toEqual([{ breakpoints: [] }]);

  const late = await attach();
  expect(late.events('holon/breakpoints')).toEqual([{ breakpoints }]);
});

test('both hear of a stop, whoever started the run; one edits, and the other, who saw the value before, is refused', async () => {
  const { session, attach } = await openTestServer(work());
  const one = await attach();
  const other = await attach();
  const { runId } = await one.ask('holon/start', { input: 1, paused: true });
  const [mine, theirs] = [await one.event('stopped'), await other.event('stopped')];
  expect(theirs).toEqual(mine);

  const at = { runId, path: 'work/first' };
  const seen = await other.ask('holon/value', { ...at, side: 'input' });
  if (seen.kind !== 'value') throw new Error(seen.reason);
  expect(await one.ask('holon/edit', { ...at, phase: 'entry', value: 10, revision: seen.revision })).toMatchObject({
    kind: 'edited',
  });
  expect(await other.ask('holon/edit', { ...at, phase: 'entry', value: 20, revision: seen.revision })).toMatchObject({
    kind: 'refused',
    why: 'stale',
  });
  expect(await other.ask('holon/value', { ...at, side: 'input' })).toMatchObject({
    json: '10',
    revision: seen.revision + 1,
  });

  await other.ask('holon/continue', { runId });
  await one.event('continued');
  await expect(session.runs[0]!.run.outcome).resolves.toEqual({ status: 'succeeded', value: 22 });
  await one.event('holon/runs', ({ runs }) => runs[0]?.status === 'succeeded');
});

test('each is told how many there are', async () => {
  const { attach } = await openTestServer(work());
  const one = await attach();
  const other = await attach();
  await one.event('holon/session', ({ clients }) => clients === 2);
  await other.leave();
  await one.until(() => (one.events('holon/session').at(-1)?.clients === 1 ? true : undefined));
});

test('a thread has the same number for both', async () => {
  const { attach } = await openTestServer(work());
  const one = await attach();
  await one.ask('holon/start', { input: 1, paused: true });
  await one.event('stopped');
  const late = await attach();
  expect(await late.ask('threads')).toEqual(await one.ask('threads'));
  expect((await late.event('stopped')).threadId).toBe((await one.event('stopped')).threadId);
});
