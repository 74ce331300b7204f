import {
  type RunEvent,
  type RunEventBody,
  type Stop,
  emptyRunState,
  encodeRunState,
  viewOf,
} from '@holon/engine/events';
import { expect, test } from 'vitest';
import { instanceName, pickInstance, sortForList } from './pick-instance.ts';
import { RunView } from './run-view.ts';

function numbered(...bodies: RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) => ({ seq: index + 1, at: index, ...body }));
}

const opened = (path: string, id: string): RunEventBody => ({
  type: 'node.opened',
  path,
  id,
  parent: undefined,
  branch: 1,
  input: viewOf(1),
});
const error = { name: 'Error', message: 'no' };

const events = numbered(
  { type: 'run.created', runId: 'r', flow: 'f', input: viewOf(1), labels: {} },
  opened('f', 'f'),
  opened('f[0]/a', 'f/a'),
  { type: 'node.started', path: 'f[0]/a', attempt: 1 },
  { type: 'node.succeeded', path: 'f[0]/a', output: viewOf(2) },
  opened('f[1]/a', 'f/a'),
  {
    type: 'node.failed',
    path: 'f[1]/a',
    error: { ...error, code: 'timeout' },
    reason: 'not retried',
    gaveUp: 'not-retryable',
  },
  opened('f[2]/a', 'f/a'),
  { type: 'node.held', path: 'f[2]/a', phase: 'entry', reason: 'breakpoint' },
);
const stop: Stop = { path: 'f[2]/a', id: 'f/a', phase: 'entry', why: 'breakpoint', reason: 'breakpoint', branch: 1 };

function viewWith(stops: readonly Stop[]): RunView {
  const view = new RunView({ ...encodeRunState(emptyRunState()), runId: 'r' }, stops);
  view.take(events);
  return view;
}

test('a node is the sum of its instances, and the held one speaks for it', () => {
  expect(viewWith([stop]).viewOf('f/a')).toEqual({
    id: 'f/a',
    status: 'held',
    total: 3,
    ended: 2,
    byStatus: new Map([
      ['succeeded', 1],
      ['timed-out', 1],
      ['held', 1],
    ]),
    attempt: 1,
  });
});

test('what stands only because its run is paused is suspended', () => {
  expect(viewWith([{ ...stop, why: 'suspended' }]).viewOf('f/a')?.status).toBe('suspended');
});

test('a view stays the same object until its node changes', () => {
  const view = viewWith([stop]);
  const before = view.viewOf('f/a');
  const root = view.viewOf('f');
  expect(view.viewOf('f/a')).toBe(before);
  view.take([{ seq: 10, at: 10, type: 'node.released', path: 'f[2]/a', phase: 'entry', reason: 'continued' }]);
  expect(view.viewOf('f/a')).not.toBe(before);
  expect(view.viewOf('f')).toBe(root);
});

test('an event that the state has already is not taken twice', () => {
  const view = viewWith([stop]);
  view.take(events);
  expect(view.instancesOf('f/a')).toHaveLength(3);
});

test('a state sent anew gives the same views', () => {
  const view = viewWith([stop]);
  const other = new RunView({ ...encodeRunState(emptyRunState()), runId: 'r' }, [stop]);
  other.replace(encodeRunState(view.state));
  expect(other.viewOf('f/a')).toEqual(view.viewOf('f/a'));
});

test('lists begin with what needs an eye; of equals the latest speaks', () => {
  const view = viewWith([stop]);
  const instances = view.instancesOf('f/a');
  const statusOf = view.statusOf.bind(view);
  expect(sortForList(instances, statusOf).map((each) => each.path)).toEqual(['f[2]/a', 'f[1]/a', 'f[0]/a']);
  expect(pickInstance(instances, statusOf)?.path).toBe('f[2]/a');
  expect(pickInstance([], statusOf)).toBeUndefined();
});

test('an instance is named by what tells it from its siblings', () => {
  expect(instanceName('f/pages[3]/page')).toBe('[3]');
  expect(instanceName('f/pay@2/authorize[1]')).toBe('@2 › [1]');
  expect(instanceName('f/a')).toBe('a');
});
