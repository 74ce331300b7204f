import { flow, outlineOf, pipe } from '@holon/flow';
import { expect, test } from 'vitest';
import * as bodies from '../../test/isolated/bodies.ts';
import { Addresses, type Place, formatAddress, parseAddress, placeText } from './addresses.ts';

const module = new URL('../../test/isolated/bodies.ts', import.meta.url).href;

test.each<[readonly Place[]]>([
  [[{ kind: 'line', module: 'file:///a%20b/%23c.ts', line: 12, name: 'a name: #1/2' }]],
  [[{ kind: 'export', module: 'file:///a.ts', name: ':odd export', below: ['pay', 'refine~2', '%2f'] }]],
  [
    [
      { kind: 'line', module: 'file:///a.ts', line: 1, name: 'x' },
      { kind: 'export', module: 'file:///b.ts', name: 'y', below: [] },
    ],
  ],
])('%j is the same when it is parsed', (places) => {
  expect(parseAddress(formatAddress(places))).toEqual(places);
  expect(formatAddress(places)).not.toMatch(/[^ -~]/u);
});

test('a flow is at the line where it was made, a copy of it with other options too', () => {
  const addresses = new Addresses({});
  const [place] = parseAddress(addresses.of(outlineOf(bodies.increment)));
  expect(place).toMatchObject({ kind: 'line', module, name: 'increment' });
  const copy = bodies.increment.with({ timeout: 5, name: 'copy' });
  expect(parseAddress(addresses.of(outlineOf(copy)))).toEqual([place, expect.objectContaining({ name: 'copy' })]);
});

test('one of several on a line is at what it is part of, if that is known to be exported', () => {
  const { children } = outlineOf(bodies.quadrupleAndFive);
  expect(() => new Addresses({}).of(children[1]!)).toThrow(
    /^"made" \(.*bodies\.ts:\d+\) can't run isolated: more than one/u,
  );
  const address = new Addresses(bodies).of(children[1]!);
  expect(address).toBe(`${module}#quadrupleAndFive/five`);
  expect(parseAddress(address).map(placeText)).toEqual([
    expect.stringMatching(/^"quadrupleAndFive\/five" \(\/.*bodies\.ts\)$/u),
  ]);
});

test('what plain code calls is no part of what calls it', () => {
  const caller = outlineOf(pipe('caller', bodies.double));
  expect(() => new Addresses({ caller: bodies.increment }).of(caller.observe(bodies.triple))).toThrow('more than one');
  expect(new Addresses(bodies).of(caller.observe(bodies.triple))).toBe(`${module}#triple`);
});

test('exports that are no flows are passed over', () => {
  expect(() => new Addresses({ nothing: undefined, text: 'text', plain: () => 1 })).not.toThrow();
  expect(() => new Addresses({ plain: flow(() => 1) })).not.toThrow();
});
