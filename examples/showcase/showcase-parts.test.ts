import { describe, expect, test } from 'vitest';
import { countWords, findLinks, measureCode } from './analysis.ts';
import { plainText, splitSections } from './markdown.ts';
import { verdict } from './query.ts';
import { alternatives, rank, rarestOf, relatedTerm } from './ranking.ts';
import type { IndexedSection, SearchIndex } from './search-index.ts';
import { termsOf } from './words.ts';

const readme = {
  package: 'left-pad',
  text: [
    'Pads strings. [![badge](https://img.example/b.svg)](https://ci.example)',
    '',
    '## Usage',
    'See the [guide](https://example.org/guide) &amp; `code`:',
    '```js',
    '# not a heading',
    "leftPad('a', 3);",
    '```',
    '### <a name="x"></a>Empty',
    '',
  ].join('\n'),
};

describe('splitting and analysing', () => {
  const page = splitSections(readme);

  test('sections by heading, code fences left alone, empty ones left out', () => {
    expect(page.sections.map((section) => section.heading)).toEqual(['left-pad', 'Usage']);
    expect(page.sections[1]?.text).toContain('# not a heading');
  });

  test('prose is without code, tags, pictures and targets', () => {
    expect(page.sections.map((section) => plainText(section.text))).toEqual(['Pads strings.', 'See the guide code :']);
  });

  test('words, links and code', () => {
    expect(countWords(page)[1]?.terms).toEqual({ usage: 2, see: 1, guide: 1, code: 1 });
    expect(findLinks(page)).toEqual([[], ['https://example.org/guide']]);
    expect(measureCode(page)).toEqual([0, 2]);
  });
});

test('terms are lower case, without plural endings and words that say nothing', () => {
  expect(termsOf('The Queries of classes, matches and buses; this process runs 2 tasks')).toEqual([
    'query',
    'class',
    'match',
    'buse',
    'process',
    'run',
    'task',
  ]);
});

describe('ranking', () => {
  const texts = ['horse dog', 'horse horse dog bird', 'dog', 'bird fish', 'horse dog dog dog', 'dog bird'];
  const sections = texts.map((text, i): IndexedSection => {
    const words = text.split(' ');
    const terms = Object.fromEntries(words.map((word) => [word, words.filter((other) => other === word).length]));
    return { package: `p${i}`, heading: '', prose: text, link: undefined, codeLines: 0, length: words.length, terms };
  });
  const words = ['horse', 'dog', 'bird', 'fish'];
  const postings = Object.fromEntries(
    words.map((word) => [word, texts.flatMap((text, i) => (text.includes(word) ? [i] : []))]),
  );
  const index: SearchIndex = { sections, postings, averageLength: 2.5 };
  const packages = (terms: string[]) => rank(index, terms).map(({ section }) => section.package);

  test('finds what has every term, the most telling first', () => {
    expect(packages(['horse'])).toEqual(['p1', 'p0', 'p4']);
    expect(packages(['horse', 'bird'])).toEqual(['p1']);
    expect(packages(['horse', 'constructor'])).toEqual([]);
    expect(packages([])).toEqual([]);
  });

  test('either of two alternatives will do', () => {
    expect(alternatives('fish|horse')).toEqual(['fish', 'horse']);
    expect(packages(['fish|horse', 'bird'])).toEqual(['p3', 'p1']);
  });

  test('knows the rarest term, and what stands beside one', () => {
    expect(rarestOf(index, ['dog', 'fish', 'horse'])).toBe('fish');
    expect(relatedTerm(index, ['dog'], 'dog')).toBe('horse');
    expect(relatedTerm(index, ['dog', 'horse'], 'dog')).toBeUndefined();
  });
});

test('the verdict hangs on how many hits there are', () => {
  const state = { index: { file: '', sections: 0, terms: 0 }, query: { terms: ['a'], wanted: 2, story: [] } };
  const hit = { package: 'p', heading: 'h', score: 1, snippet: '', link: undefined };
  expect(verdict(state)).toBe('none');
  expect(verdict({ ...state, hits: [hit] })).toBe('few');
  expect(verdict({ ...state, hits: [hit, hit] })).toBe('enough');
  expect(verdict({ ...state, query: { ...state.query, terms: [] } })).toBe('enough');
});
