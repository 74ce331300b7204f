/**
 * Research in plain code: an async function that calls flows. It has no picture of its own; its children
 * appear as it runs, as many rounds as it takes. Each round searches the READMEs of the installed packages,
 * reads the best sections that are new, judges what has been learnt, and asks the next question with the
 * words that came up most.
 */
import { flow } from '@holon/flow';
import { termsOf } from './showcase/words.ts';
import { splitSections } from './showcase/markdown.ts';
import { findReadmes, readReadme } from './showcase/readmes.ts';

interface Request {
  readonly topic: string;
  /** How many sections are to be read before the notes are written. */
  readonly depth: number;
}

export const input: Request = { topic: 'abort a running task', depth: 8 };

interface Section {
  readonly package: string;
  readonly heading: string;
  readonly text: string;
}

interface Note {
  readonly source: string;
  readonly about: readonly string[];
}

/** All sections of the longest READMEs. */
const collect = flow('collect', async (count: number): Promise<Section[]> => {
  const pages = await Promise.all(
    (await findReadmes(count)).map(async (file) => splitSections(await readReadme(file))),
  );
  return pages.flatMap((page) => page.sections.map((section) => ({ package: page.package, ...section })));
});

/** Indices of the sections with most of the words, best first, leaving out what has been read. */
const search = flow(
  'search',
  async (sections: readonly Section[], words: readonly string[], read: readonly number[]): Promise<number[]> =>
    sections
      .map(({ heading, text }, at) => {
        const terms = new Set(termsOf(`${heading} ${text}`));
        return { at, score: words.filter((word) => terms.has(word)).length - Math.log10(10 + terms.size) };
      })
      .filter(({ at, score }) => score > 0 && !read.includes(at))
      .sort((a, b) => b.score - a.score || a.at - b.at)
      .slice(0, 3)
      .map(({ at }) => at),
);

/** What a section is about: its most frequent terms. */
const read = flow('read', async ({ package: name, heading, text }: Section): Promise<Note> => {
  const counts = new Map<string, number>();
  for (const term of termsOf(`${heading} ${text}`)) counts.set(term, (counts.get(term) ?? 0) + 1);
  const about = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 6);
  return { source: `${name}: ${heading}`, about: about.map(([term]) => term) };
});

/** Whether to stop, and if not, what to ask next. */
const judge = flow('judge', (notes: readonly Note[], asked: readonly string[], depth: number) => {
  const counts = new Map<string, number>();
  for (const term of notes.flatMap((note) => note.about)) {
    if (!asked.includes(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const next = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 2);
  return { enough: notes.length >= depth || next.length === 0, next: next.map(([term]) => term) };
});

const write = flow('write', (topic: string, notes: readonly Note[], questions: readonly string[]) => ({
  topic,
  questions,
  sources: notes.map((note) => note.source),
  themes: [...new Set(notes.flatMap((note) => note.about.slice(0, 2)))].slice(0, 10),
}));

const MAX_ROUNDS = 6;

export const research = flow('research', async ({ topic, depth }: Request) => {
  const sections = await collect(60);
  const done: number[] = [];
  const notes: Note[] = [];
  const questions: string[] = [];
  let words = [...new Set(termsOf(topic))];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    questions.push(words.join(' '));
    const found = await search(sections, words, done);
    notes.push(...(await Promise.all(found.map((at) => read(sections[at]!)))));
    done.push(...found);
    const { enough, next } = judge(notes, words, depth);
    if (enough) break;
    words = [...words.slice(-2), ...next];
  }
  return write(topic, notes, questions);
});
