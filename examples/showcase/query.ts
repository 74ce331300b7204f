import { context, flow } from '@holon/flow';
import { alternatives, rank, rarestOf, relatedTerm } from './ranking.ts';
import { type IndexHandle, openIndex } from './search-index.ts';
import { termsOf } from './words.ts';

export interface Query {
  /** Each has to be in a section; `limit|throttle` is either of the two. */
  readonly terms: readonly string[];
  /** How many hits are enough. */
  readonly wanted: number;
  /** What has become of it, step by step. */
  readonly story: readonly string[];
}

export interface Hit {
  readonly package: string;
  readonly heading: string;
  readonly score: number;
  readonly snippet: string;
  readonly link: string | undefined;
}

/** What goes round in the loop. */
export interface SearchState {
  readonly index: IndexHandle;
  readonly query: Query;
  /** Sections that have every term, best first, at most `wanted`. */
  readonly hits?: readonly Hit[];
  readonly done?: boolean;
}

export const parseQuery = flow('parseQuery', (text: string, wanted: number): Query => {
  const terms = [...new Set(termsOf(text))];
  return { terms, wanted, story: [`asked for: ${terms.join(' ')}`] };
});

/** Sections that have every term of the query, ranked. */
export const search = flow('search', (state: SearchState): SearchState => {
  const index = openIndex(state.index.file);
  const { terms, wanted } = state.query;
  const hits = rank(index, terms)
    .slice(0, wanted)
    .map(({ section, score }) => ({
      package: section.package,
      heading: section.heading,
      score: Math.round(score * 100) / 100,
      snippet: snippetOf(section.prose, terms.flatMap(alternatives)),
      link: section.link,
    }));
  context().log.info(`${terms.join(' ')}: ${hits.length} of ${wanted}`);
  return { ...state, hits };
});

/** Which way the loop goes on. */
export function verdict({ query, hits = [] }: SearchState): 'none' | 'few' | 'enough' {
  if (hits.length >= query.wanted || query.terms.length === 0) return 'enough';
  return hits.length === 0 ? 'none' : 'few';
}

export function isDone(state: SearchState): boolean {
  return state.done === true;
}

/** Nothing has all the terms: one fewer. */
export const dropRarest = flow('dropRarest', (state: SearchState): SearchState => {
  const { query, index } = state;
  return { ...state, query: without(query, rarestOf(openIndex(index.file), query.terms)) };
});

/** A term takes at most this many alternatives, then it is dropped. */
const MAX_ALTERNATIVES = 3;

/** Too few have all the terms: the rarest is joined by one that is often found beside it. */
export const widenRarest = flow('widenRarest', (state: SearchState): SearchState => {
  const { query } = state;
  const index = openIndex(state.index.file);
  const rarest = rarestOf(index, query.terms);
  const related = alternatives(rarest).length < MAX_ALTERNATIVES ? relatedTerm(index, query.terms, rarest) : undefined;
  if (related === undefined) return { ...state, query: without(query, rarest) };
  const terms = query.terms.map((term) => (term === rarest ? `${rarest}|${related}` : term));
  return {
    ...state,
    query: { ...query, terms, story: [...query.story, `too few: "${related}" will do for "${rarest}"`] },
  };
});

export const keepHits = flow('keepHits', (state: SearchState): SearchState => ({ ...state, done: true }));

export interface Answer {
  readonly terms: readonly string[];
  readonly story: readonly string[];
  readonly results: readonly (Hit & { readonly rank: number })[];
}

export const present = flow('present', ({ query, hits = [] }: SearchState): Answer => ({
  terms: query.terms,
  story: query.story,
  results: hits.map((hit, i) => ({ rank: i + 1, ...hit })),
}));

function without(query: Query, term: string): Query {
  const terms = query.terms.filter((other) => other !== term);
  return { ...query, terms, story: [...query.story, `too few: without "${term}"`] };
}

const SNIPPET_CHARS = 160;

/** The prose around the first of the terms. */
function snippetOf(prose: string, terms: readonly string[]): string {
  const lower = prose.toLowerCase();
  const first = Math.min(
    prose.length,
    ...terms.map((term) => lower.search(new RegExp(`\\b${term}`))).filter((at) => at >= 0),
  );
  const from = first === prose.length ? 0 : prose.lastIndexOf(' ', Math.max(0, first - 40)) + 1;
  const to = from + SNIPPET_CHARS;
  const end = to < prose.length ? prose.lastIndexOf(' ', to) : prose.length;
  return `${from > 0 ? '… ' : ''}${prose.slice(from, end)}${end < prose.length ? ' …' : ''}`;
}
