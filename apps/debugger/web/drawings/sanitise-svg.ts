/** The only elements that Mermaid and Graphviz need for what we draw. */
const ALLOWED: ReadonlySet<string> = new Set([
  'svg', 'g', 'path', 'rect', 'circle', 'ellipse', 'polygon', 'polyline', 'line', 'text', 'tspan', 'defs', 'marker', 'title', 'desc', 'lineargradient', 'stop', 'clippath', 'a', 'switch',
]);
const SAFE_REFERENCE = /^#/u;

/**
 * SVG text of a library as an element that can do nothing: scripts, handlers, foreign content, links
 * and styles of its own are left out. The text inside stays text.
 *
 * @throws Error when `svg` is not well-formed
 */
export function sanitisedSvg(svg: string): SVGSVGElement {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const root = parsed.documentElement;
  if (parsed.querySelector('parsererror') !== null || root.localName !== 'svg') throw new Error('The drawing is not SVG.');
  for (const element of root.querySelectorAll('*')) {
    if (!ALLOWED.has(element.localName.toLowerCase())) element.remove();
  }
  for (const element of [root, ...root.querySelectorAll('*')]) {
    for (const { name, value } of element.attributes) {
      const local = name.toLowerCase();
      const isReference = local === 'href' || local.endsWith(':href');
      if (local.startsWith('on') || (isReference && !SAFE_REFERENCE.test(value.trim()))) element.removeAttribute(name);
    }
  }
  return document.importNode(root, true) as unknown as SVGSVGElement;
}
