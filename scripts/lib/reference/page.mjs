// The page: what there is, out of what was read and what the examples came to.
import { prose, tagged } from './doc-comment.mjs';

const HEAD = `# Reference

Everything that \`@holon/flow\` exports. Written by \`npm run reference\` from the doc comments; every example is run, and
the drawings are of the flows in it. The [README](../packages/flow/README.md) comes first.
`;

/**
 * @param entries those that make flows having `makesFlows`
 * @param drawings by name: the Mermaid text of the flow in its example
 */
export function pageOf(entries, drawings) {
  const shown = entries.filter((entry) => !isInternal(entry));
  const makers = shown.filter((entry) => entry.makesFlows);
  const callables = shown.filter((entry) => !entry.makesFlows && entry.kind !== 'type');
  const types = shown.filter((entry) => entry.kind === 'type');
  const names = new Set(shown.map(({ name }) => name));
  return [
    HEAD,
    contents([
      ['Flows and combinators', makers],
      ['Other functions and classes', callables],
    ]),
    '## Flows and combinators\n',
    ...makers.map((entry) => entryText(entry, drawings.get(entry.name), names)),
    '## Other functions and classes\n',
    ...callables.map((entry) => entryText(entry, undefined, names)),
    '## Types\n',
    ...types.map((entry) => entryText(entry, undefined, names)),
  ].join('\n');
}

export function isInternal({ doc }) {
  return doc !== undefined && tagged(doc, 'internal').length > 0;
}

function contents(sections) {
  const link = ({ name }) => `[\`${name}\`](#${name.toLowerCase()})`;
  return `${sections.map(([title, entries]) => `**${title}**: ${entries.map(link).join(' · ')}`).join('\n\n')}\n`;
}

function entryText({ name, doc, signatures, members, bases = [] }, drawing, names) {
  const parts = [`### \`${name}\``];
  if (doc !== undefined) {
    parts.push(prose(doc.text));
    for (const { name: tag, text } of doc.tags.filter((each) => each.name === 'param' || each.name === 'typeParam'))
      parts.push(`- ${tag === 'param' ? '' : 'type '}${prose(text).replace(/^(\S+) ?(?:- )?/u, '`$1`: ')}`);
    const returns = tagged(doc, 'returns');
    if (returns.length > 0) parts.push(`**Gives** ${prose(returns.join('; '))}`);
    const throws = tagged(doc, 'throws');
    if (throws.length > 0) parts.push(`**Fails**: ${throws.map(prose).join('; ')}`);
  }
  if (members.length > 0) parts.push(members.map(memberText).join('\n'));
  if (bases.length > 0) parts.push(`And all that ${bases.map((base) => baseText(base, names)).join(', ')} has.`);
  for (const code of doc === undefined ? [] : tagged(doc, 'example')) parts.push(fenced('ts', code));
  if (drawing !== undefined) parts.push(fenced('mermaid', drawing.trimEnd()));
  if (signatures.length > 0)
    parts.push(`<details><summary>Types</summary>\n\n${fenced('ts', signatures.join('\n\n'))}\n\n</details>`);
  return `${parts.join('\n\n')}\n`;
}

/** A type by its name, as a link where the page has it. */
function baseText(base, names) {
  const [name] = /^\w+/u.exec(base);
  return names.has(name) ? `[\`${base}\`](#${name.toLowerCase()})` : `\`${base}\``;
}

function memberText({ text, doc }) {
  const said = doc === undefined ? '' : ` — ${prose(doc.text).replaceAll('\n\n', ' ')}`;
  const standard = doc === undefined ? [] : tagged(doc, 'default');
  return `- \`${text}\`${said}${standard.length > 0 ? ` *Default: ${prose(standard[0])}.*` : ''}`;
}

function fenced(language, text) {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
