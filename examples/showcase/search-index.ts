import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { context, flow } from '@holon/flow';
import type { AnalysedPage } from './analysis.ts';
import { modulesFolder } from './modules-folder.ts';

/**
 * Where an index is, and how large. The index itself is a file named by its content, as with any search
 * engine: what flows from node to node stays small enough to read and to edit.
 */
export interface IndexHandle {
  readonly file: string;
  readonly sections: number;
  readonly terms: number;
}

export interface IndexedSection {
  readonly package: string;
  readonly heading: string;
  readonly prose: string;
  readonly link: string | undefined;
  readonly codeLines: number;
  /** All its terms, counted with repetition. */
  readonly length: number;
  readonly terms: Readonly<Record<string, number>>;
}

export interface SearchIndex {
  readonly sections: readonly IndexedSection[];
  /** For each term, the indices of the sections that have it. */
  readonly postings: Readonly<Record<string, readonly number[]>>;
  readonly averageLength: number;
}

/** Writes the inverted index of all sections, unless the same one is there already. */
export const buildIndex = flow('buildIndex', (pages: readonly AnalysedPage[]): IndexHandle => {
  const { log, progress } = context();
  const sections: IndexedSection[] = [];
  const postings = new Map<string, number[]>();
  for (const [done, { words, links, code }] of pages.entries()) {
    for (const [i, { terms, ...section }] of words.entries()) {
      if (section.prose.length < MIN_PROSE_CHARS) continue;
      const length = Object.values(terms).reduce((sum, count) => sum + count, 0);
      for (const term of Object.keys(terms)) {
        const having = postings.get(term);
        if (having === undefined) postings.set(term, [sections.length]);
        else having.push(sections.length);
      }
      sections.push({ ...section, link: links[i]?.[0], codeLines: code[i] ?? 0, length, terms });
    }
    progress((done + 1) / pages.length, `${sections.length} sections`);
  }
  const total = sections.reduce((sum, { length }) => sum + length, 0);
  const index: SearchIndex = {
    sections,
    postings: Object.fromEntries(postings),
    averageLength: total / Math.max(1, sections.length),
  };
  const file = keep(JSON.stringify(index));
  log.info(`${sections.length} sections, ${postings.size} terms`, { file });
  return { file, sections: sections.length, terms: postings.size };
});

/** A section with less than a sentence is a heading or a table of badges. */
const MIN_PROSE_CHARS = 40;

const folder = join(modulesFolder, '.cache', 'holon-showcase');

/** Under its hash, and renamed into place: two runs at once write the same file whole. */
function keep(json: string): string {
  const name = `index-${createHash('sha256').update(json).digest('hex').slice(0, 12)}.json`;
  const path = join(folder, name);
  if (existsSync(path)) return name;
  mkdirSync(folder, { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, json);
  renameSync(draft, path);
  return name;
}

/** The last index read: a loop searches the same one again and again. */
let open: { readonly file: string; readonly index: SearchIndex } | undefined;

export function openIndex(file: string): SearchIndex {
  if (open?.file !== file) {
    open = { file, index: JSON.parse(readFileSync(join(folder, file), 'utf8')) as SearchIndex };
  }
  return open.index;
}
