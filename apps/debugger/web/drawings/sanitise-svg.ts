/** The only elements that Mermaid and Graphviz need for what we draw. */
const ALLOWED: ReadonlySet<string> = new Set([
  'svg',
  'g',
  'path',
  'rect',
  'circle',
  'ellipse',
  'polygon',
  'polyline',
  'line',
  'text',
  'tspan',
  'defs',
  'marker',
  'title',
  'desc',
  'lineargradient',
  'stop',
  'clippath',
  'a',
  'switch',
]);
const SAFE_REFERENCE = /^#/u;

/**
 * SVG text of a library as an element that can do nothing: scripts, handlers, foreign content, links
 * and styles of its own are left out (ours follow the theme). The text inside stays text.
 *
 * @throws Error when there is no SVG in it
 */
export function sanitisedSvg(svg: string): SVGSVGElement {
  // As HTML, which also takes the void elements that Mermaid puts into foreign content. Nothing in such a document runs or loads.
  const root = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg');
  if (root === null) throw new Error('The drawing is not SVG.');
  for (const foreign of root.querySelectorAll('foreignObject')) foreign.replaceWith(asSvgText(foreign));
  for (const element of root.querySelectorAll('*')) {
    if (!ALLOWED.has(element.localName.toLowerCase())) element.remove();
  }
  for (const element of [root, ...root.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      const local = name.toLowerCase();
      const isReference = local === 'href' || local.endsWith(':href');
      if (local.startsWith('on') || local === 'style' || (isReference && !SAFE_REFERENCE.test(value.trim())))
        element.removeAttribute(name);
    }
  }
  return document.importNode(root, true);
}

const SVG = 'http://www.w3.org/2000/svg';

/** The lines of a label that was laid out as HTML, as SVG text in the middle of the same place; all but the first are details. */
function asSvgText(foreign: Element): SVGTextElement {
  const lines = [''];
  const collect = (node: Node): void => {
    if (node instanceof Element && node.localName === 'br') lines.push('');
    if (node.nodeType === Node.TEXT_NODE) lines[lines.length - 1] += node.textContent ?? '';
    for (const child of node.childNodes) collect(child);
  };
  collect(foreign);
  const shown = lines.map((line) => line.trim()).filter((line) => line !== '');
  const width = Number(foreign.getAttribute('width'));
  const height = Number(foreign.getAttribute('height'));
  const text = document.createElementNS(SVG, 'text');
  text.setAttribute('text-anchor', 'middle');
  text.setAttribute('dominant-baseline', 'central');
  shown.forEach((line, index) => {
    const row = document.createElementNS(SVG, 'tspan');
    row.setAttribute('x', String(width / 2));
    row.setAttribute('y', String((height * (index + 0.5)) / shown.length));
    if (index > 0) row.classList.add('small');
    row.textContent = line;
    // The space is not drawn; it keeps the lines apart for those who listen.
    text.append(row, ' ');
  });
  return text;
}
