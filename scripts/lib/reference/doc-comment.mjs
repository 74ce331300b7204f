// What a doc comment says: its text, and its tags.

/** `{ text, tags: [{ name, text }] }`. A tag's text goes on to the next tag. */
export function parseDocComment(comment) {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/u, '').trimEnd());
  const parts = [{ name: undefined, lines: [] }];
  for (const line of lines) {
    const tag =
      /^@(\w+) ?(.*)$/u.exec(line) ?? (parts.length === 1 ? /^(?:.*\S)? ?@(throws|default) (.*)$/u.exec(line) : null);
    if (tag === null) parts.at(-1).lines.push(line);
    else {
      // A short comment has its text and a tag on one line.
      const before = line.slice(0, line.indexOf(`@${tag[1]}`)).trimEnd();
      if (before !== '') parts.at(-1).lines.push(before);
      parts.push({ name: tag[1], lines: [tag[2]] });
    }
  }
  const [text, ...tags] = parts.map(({ name, lines: own }) => ({ name, text: own.join('\n').trim() }));
  return { text: text.text, tags };
}

/** The texts of all tags of a name. */
export function tagged({ tags }, name) {
  return tags.filter((tag) => tag.name === name).map((tag) => tag.text);
}

/** Prose for a page: one paragraph on one line, links to names as code. */
export function prose(text) {
  return text
    .replaceAll(/\{@link (?:[^}|]*\|)?\s*([^}]+?)\s*\}/gu, '`$1`')
    .split(/\n{2,}/u)
    .map((paragraph) => (/^[-|] /u.test(paragraph) ? paragraph : paragraph.replaceAll(/\s*\n\s*/gu, ' ')))
    .join('\n\n');
}
