import { emptyRunState } from '@holon/engine/events';
import type { FlowPicture, PictureNode } from '@holon/flow';
import { modelOf } from '@holon/viz';
import { expect, test } from 'vitest';
import { takenEdges } from './taken-edges.ts';

const node = (id: string, shape: PictureNode['shape'], parent?: string): PictureNode => ({
  id,
  parent,
  shape,
  kind: shape,
  label: id,
  many: false,
  policies: [],
  settings: {},
  origin: undefined,
});
const edge = (from: string, to: string, when?: string) => ({
  parent: 'f',
  from,
  to,
  label: undefined,
  when,
  back: false,
});

const picture: FlowPicture = {
  version: 1,
  root: 'f',
  structureHash: '',
  nodes: [
    node('f', 'composite'),
    node('f/:which', 'choice', 'f'),
    node('f/yes', 'task', 'f'),
    node('f/no', 'task', 'f'),
  ],
  edges: [
    edge('f', 'f/:which'),
    edge('f/:which', 'f/yes', 'yes'),
    edge('f/:which', 'f/no', 'no'),
    edge('f/yes', 'f'),
    edge('f/no', 'f'),
  ],
};
const model = modelOf(picture);
const one = { opened: 1, succeeded: 0, failed: 0, canceled: 0 };

function taken(state: ReturnType<typeof emptyRunState>): string[] {
  const keys = takenEdges(model, state);
  return model.edges.filter((each) => keys.has(each.key)).map((each) => `${each.from} ${each.to}`);
}

test('nothing is taken before anything ran', () => {
  expect(taken(emptyRunState())).toEqual([]);
});

test('a decision takes its own edge and no other', () => {
  const state = emptyRunState();
  state.counts.set('f', one);
  state.choices.set('f/:which', new Map([['yes', 1]]));
  state.counts.set('f/yes', one);
  expect(taken(state)).toEqual([':start f/:which', 'f/:which f/yes']);
  state.counts.set('f/yes', { ...one, succeeded: 1 });
  state.status = 'succeeded';
  expect(taken(state)).toEqual([':start f/:which', 'f/:which f/yes', 'f/yes :end']);
});
