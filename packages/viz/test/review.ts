import { branch, flow, loop, map, parallel, pipe } from '@holon/flow';
import { visualizeFlow } from '@holon/viz';

type Text = { words: number };

const read = flow('read', async (file: string): Promise<Text> => ({ words: file.length }), {
  retry: 3,
  timeout: '10s',
});
const analyse = parallel('analyse', {
  length: flow('countWords', (text: Text) => text.words),
  links: flow('findLinks', (text: Text) => text.words % 7),
});
const refine = loop(
  'refine',
  flow('improve', (score: number) => score + 1),
  { until: (score) => score > 9 },
);
const report = branch('report', (score: number) => (score > 20 ? 'long' : 'short'), {
  short: flow('summarise', (score: number) => `${score}`),
  long: flow('split', (score: number) => `${score} in parts`),
});

export const review = pipe(
  'review',
  map('readAll', pipe('readOne', read, analyse), { concurrency: 8 }),
  flow('rank', (found: { length: number }[]) => found.length),
  refine,
  report,
);

export const drawing = visualizeFlow(review, { format: 'mermaid' });
