import { flow } from '@holon/flow';
import { type Page, plainText } from './markdown.ts';
import { termsOf } from './words.ts';

export interface CountedSection {
  readonly package: string;
  readonly heading: string;
  readonly prose: string;
  /** How often each term stands in it; a heading's words count twice. */
  readonly terms: Readonly<Record<string, number>>;
}

/** What is in the sections' prose. */
export const countWords = flow('countWords', (page: Page): CountedSection[] =>
  page.sections.map(({ heading, text }) => {
    const prose = plainText(text);
    const counts = new Map<string, number>();
    for (const term of termsOf(`${heading} ${heading} ${prose}`)) counts.set(term, (counts.get(term) ?? 0) + 1);
    return { package: page.package, heading, prose, terms: Object.fromEntries(counts) };
  }),
);

/** Where each section leads: the targets of its links, pictures and badges left out. */
export const findLinks = flow('findLinks', (page: Page): string[][] =>
  page.sections.map(({ text }) =>
    [...text.matchAll(/(?<!!)\[[^\]![]+\]\((https?:\/\/[^\s)]+)\)/g)].map((match) => match[1]!),
  ),
);

/** Lines of code in each section: a section that shows code is worth a little more to a reader. */
export const measureCode = flow('measureCode', (page: Page): number[] =>
  page.sections.map(({ text }) => {
    const blocks = text.match(/^\s*(```|~~~)[\s\S]*?^\s*\1/gm) ?? [];
    return blocks.reduce((lines, block) => lines + block.split('\n').length - 2, 0);
  }),
);

/** What `parallel` makes of the three. */
export interface AnalysedPage {
  readonly words: readonly CountedSection[];
  readonly links: readonly (readonly string[])[];
  readonly code: readonly number[];
}
