import { flow } from '@holon/flow';
import type { Readme } from './readmes.ts';

export interface Section {
  readonly heading: string;
  readonly text: string;
}

export interface Page {
  readonly package: string;
  readonly sections: readonly Section[];
}

/** A README by its headings. What stands before the first heading goes under the package's name. */
export const splitSections = flow('splitSections', (readme: Readme): Page => {
  const sections: { heading: string; lines: string[] }[] = [{ heading: readme.package, lines: [] }];
  let fence: string | undefined;
  for (const line of readme.text.split(/\r?\n/)) {
    const mark = /^\s*(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : fence === mark ? undefined : fence;
    const heading = fence === undefined ? /^#{1,4}\s+(.+?)\s*#*$/.exec(line)?.[1] : undefined;
    if (heading === undefined) sections.at(-1)!.lines.push(line);
    else sections.push({ heading: plainText(heading), lines: [] });
  }
  return {
    package: readme.package,
    sections: sections
      .map(({ heading, lines }) => ({ heading, text: lines.join('\n').trim() }))
      .filter((section) => section.text !== ''),
  };
});

/** The prose of a piece of Markdown: without code blocks, tags, link targets and decoration. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^\s*(```|~~~)[\s\S]*?^\s*\1.*$/gm, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^>\n]+>/g, ' ')
    .replace(/!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?/g, ' ')
    .replace(/\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/^\[[^\]]+\]:.*$/gm, ' ')
    .replace(/&\w+;/g, ' ')
    .replace(/[`*_~|>#]+|^[\s:-]+$/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
