/**
 * A small search engine over text that nobody wrote for it: the README files of the packages installed
 * under `node_modules`. They are found, read, split into sections and analysed several at a time, and
 * turned into an index. Then a loop changes the query until enough sections match all of it.
 *
 * Good places for a breakpoint: `search` (edit `query.terms` and see other sections win) and
 * `widenRarest`, where the query is about to change.
 */
import { type Graph, branch, graph, loop, map, parallel, pipe } from '@holon/flow';
import { z } from 'zod';
import { countWords, findLinks, measureCode } from './showcase/analysis.ts';
import { splitSections } from './showcase/markdown.ts';
import { dropRarest, isDone, keepHits, parseQuery, present, search, widenRarest, verdict } from './showcase/query.ts';
import { findReadmes, readReadme } from './showcase/readmes.ts';
import { buildIndex } from './showcase/search-index.ts';

const request = z.object({
  query: z.string().min(1),
  /** How many READMEs are read: the longest ones. */
  packages: z.number().int().min(1).max(500),
  /** How many matching sections are enough. */
  wanted: z.number().int().min(1).max(50),
});

export const input: z.infer<typeof request> = {
  query: 'run tasks in parallel and limit the concurrency',
  packages: 60,
  wanted: 5,
};

const analyse = parallel('analyse', { words: countWords, links: findLinks, code: measureCode });
const page = pipe('page', readReadme, splitSections, analyse);

const judge = branch('judge', verdict, { none: dropRarest, few: widenRarest, enough: keepHits });
const refine = loop('refine', pipe('round', search, judge), {
  until: isDone,
  max: 12,
  onMax: 'return',
});

export const showcase = graph(
  'showcase',
  (g: Graph<z.infer<typeof request>>) => {
    const readmes = g.add(
      findReadmes,
      g.input.map((asked) => asked.packages),
    );
    const pages = g.add(map('pages', page, { concurrency: 4 }), readmes);
    const index = g.add(buildIndex, pages);
    const query = g.add(
      parseQuery,
      g.input.map((asked) => asked.query),
      g.input.map((asked) => asked.wanted),
    );
    const found = g.add(refine, { index, query });
    return g.add(present, found);
  },
  { input: request },
);
