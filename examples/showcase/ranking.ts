import type { IndexedSection, SearchIndex } from './search-index.ts';

/** `limit|throttle` is either of the two. */
export function alternatives(term: string): readonly string[] {
  return term.split('|');
}

/** Sections that have every term, best first. */
export function rank(
  index: SearchIndex,
  terms: readonly string[],
): { readonly section: IndexedSection; readonly score: number }[] {
  const [rarest, ...others] = terms.map((term) => sectionsWith(index, term)).sort((a, b) => a.size - b.size);
  const inAll = [...(rarest ?? [])].filter((at) => others.every((having) => having.has(at)));
  return inAll
    .map((at) => ({ at, section: index.sections[at]!, score: scoreOf(index, index.sections[at]!, terms) }))
    .sort((a, b) => b.score - a.score || a.at - b.at);
}

/** Okapi BM25 with its usual constants (Robertson and Zaragoza, 2009), and a tenth more for sections that show code. */
function scoreOf(index: SearchIndex, section: IndexedSection, terms: readonly string[]): number {
  const k1 = 1.2;
  const b = 0.75;
  let sum = 0;
  for (const term of terms) {
    const having = sectionsWith(index, term).size;
    const idf = Math.log(1 + (index.sections.length - having + 0.5) / (having + 0.5));
    const often = alternatives(term).reduce((count, word) => count + countOf(section.terms, word), 0);
    sum += (idf * often * (k1 + 1)) / (often + k1 * (1 - b + (b * section.length) / index.averageLength));
  }
  return section.codeLines > 0 ? sum * 1.1 : sum;
}

/** The term that fewest sections have. */
export function rarestOf(index: SearchIndex, terms: readonly string[]): string {
  const size = (term: string) => sectionsWith(index, term).size;
  return terms.reduce((rarest, term) => (size(term) < size(rarest) ? term : rarest));
}

/** A word must stand beside a term in this many sections to count as related to it. */
const MIN_TOGETHER = 3;

/** The word that stands beside `term` most often and elsewhere least (TF-IDF over the sections with `term`). */
export function relatedTerm(index: SearchIndex, terms: readonly string[], term: string): string | undefined {
  const known = new Set(terms.flatMap(alternatives));
  const together = new Map<string, number>();
  for (const at of sectionsWith(index, term)) {
    for (const word of Object.keys(index.sections[at]!.terms)) together.set(word, (together.get(word) ?? 0) + 1);
  }
  let best: { readonly word: string; readonly weight: number } | undefined;
  for (const [word, count] of together) {
    if (known.has(word) || count < MIN_TOGETHER || word.length < 4) continue;
    const weight = count * Math.log(index.sections.length / sectionsWith(index, word).size);
    if (best === undefined || weight > best.weight || (weight === best.weight && word < best.word))
      best = { word, weight };
  }
  return best?.word;
}

function sectionsWith(index: SearchIndex, term: string): ReadonlySet<number> {
  return new Set(
    alternatives(term).flatMap((word) => (Object.hasOwn(index.postings, word) ? index.postings[word]! : [])),
  );
}

function countOf(terms: Readonly<Record<string, number>>, word: string): number {
  return Object.hasOwn(terms, word) ? terms[word]! : 0;
}
