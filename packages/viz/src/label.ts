import type { ModelNode } from './model/model.ts';

/** Longer texts are cut, and say so with an ellipsis; the whole name is in the tooltip or the details. */
const MAX_LABEL_GRAPHEMES = 60;

/** Marks that reorder or hide what is around them: right-to-left overrides, isolates, zero-width and byte-order marks. */
const DECEPTIVE = /[\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;
const CONTROL = /[\u0000-\u001f\u007f]/gu;
const DELETE = 0x7f;
const PICTURE_OF_DELETE = 0x2421;
const CONTROL_PICTURES = 0x2400;
const C1_OR_LONE_SURROGATE = /[\u0080-\u009f]|\p{Surrogate}/gu;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A text as one line in which every character can be seen: nothing in it can break lines, reorder or hide text. */
export function visibleText(text: string): string {
  return text
    .replace(CONTROL, (char) => {
      const code = char.charCodeAt(0);
      return String.fromCharCode(code === DELETE ? PICTURE_OF_DELETE : CONTROL_PICTURES + code);
    })
    .replace(DECEPTIVE, (char) => `⟨${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`)
    .replace(C1_OR_LONE_SURROGATE, '\ufffd');
}

/** {@link visibleText}, cut to what fits a drawing. */
function shortText(text: string): string {
  const visible = visibleText(text);
  if (visible.length <= MAX_LABEL_GRAPHEMES) return visible;
  const parts = [...graphemes.segment(visible)];
  if (parts.length <= MAX_LABEL_GRAPHEMES) return visible;
  return `${parts
    .slice(0, MAX_LABEL_GRAPHEMES - 1)
    .map((part) => part.segment)
    .join('')}…`;
}

/**
 * What a node says: its name, then what else is to be known about it, a line each where there is room.
 *
 * @param status shown in words too, so that it does not depend on colour
 */
export function linesOf(
  node: ModelNode,
  status?: string,
): { readonly title: string; readonly details: readonly string[] } {
  const { shape, kind, label, many, says, policies, folded } = node;
  const details = [
    kind === shape || kind === label ? '' : kind,
    many ? '× n' : '',
    ...says,
    ...policies,
    folded > 0 ? `+ ${folded} inside` : '',
    status ?? '',
  ];
  return {
    title: shortText(label),
    details: details.filter((part) => part !== '').map(shortText),
  };
}

/** What an edge says: its label, else the decision that takes it. */
export function edgeText({
  label,
  when,
}: {
  readonly label: string | undefined;
  readonly when: string | undefined;
}): string {
  return shortText(label ?? when ?? '');
}

/** Where a node is and where it was written, for tooltips. */
export function whereText({ id, shape, origin }: ModelNode): string {
  if (shape === 'start' || shape === 'end' || shape === 'junction') return shape;
  return visibleText(origin === undefined ? id : `${id} · ${origin.file}:${origin.line}`);
}
