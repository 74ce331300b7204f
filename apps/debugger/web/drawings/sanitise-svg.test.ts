import { expect, test } from 'vitest';
import { sanitisedSvg } from './sanitise-svg.ts';

test('scripts, handlers, links, styles and foreign content are left out', () => {
  const svg = sanitisedSvg(`<svg xmlns="http://www.w3.org/2000/svg" onload="x()" viewBox="0 0 1 1">
    <g id="n1" style="fill:red" onclick="x()"><a xlink:href="javascript:x()"><rect onclick="x()" onload="x()" width="1"></rect></a><image href="http://x"></image><use href="#a"></use></g><style>*{}</style><script>x()</script></svg>`);
  expect(svg.querySelectorAll('script, style, image, use')).toHaveLength(0);
  expect(svg.outerHTML).not.toMatch(/onload|onclick|javascript|fill:red/u);
  expect(svg.querySelector('#n1 rect')).not.toBeNull();
});

test('a label laid out as HTML becomes lines of text', () => {
  const svg = sanitisedSvg(
    '<svg viewBox="0 0 1 1"><foreignObject width="100" height="40"><div xmlns="http://www.w3.org/1999/xhtml"><p>a &lt;b&gt;<br><small>retry 2</small></p><img src=x onerror="x()"></div></foreignObject></svg>',
  );
  const lines = [...svg.querySelectorAll('tspan')];
  expect(lines.map((line) => line.textContent)).toEqual(['a <b>', 'retry 2']);
  expect(lines[1]?.classList.contains('small')).toBe(true);
  expect(svg.querySelector('foreignObject, img')).toBeNull();
});

test('what is no SVG is refused', () => {
  expect(() => sanitisedSvg('<p>hello</p>')).toThrow('not SVG');
});
