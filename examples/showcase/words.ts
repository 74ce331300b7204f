/** Words that say nothing about what a text is about. */
const STOP_WORDS = new Set(
  `a about all also an and any are as at be been but by can could do does done each etc for from get had has have how i if in
  into is it its just like may more most must no not of on one only or other our out over should so some such than that the
  their them then there these they this those to too up us use used using via was we were what when where which while who
  why will with would you your`.split(/\s+/),
);

/** The terms of a text, in order: lower case, endings cut, without words that say nothing. */
export function termsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z][a-z0-9]+/g) ?? [];
  return words.filter((word) => !STOP_WORDS.has(word)).map(stem);
}

/** A light stemmer, after D. Harman's S-stemmer (1991): plurals only, so that terms stay words that people read. */
function stem(word: string): string {
  if (word.length < 4) return word;
  if (/[^ae]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x)es$/.test(word)) return word.slice(0, -2);
  return /[^aeuos]s$/.test(word) || /[^aeo]es$/.test(word) ? word.slice(0, -1) : word;
}
