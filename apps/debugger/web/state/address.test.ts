import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { TABS, readAddress, writeAddress } from './address.ts';

const text = fc.option(fc.string({ minLength: 1 }), { nil: undefined });

test.prop([fc.record({ tab: fc.constantFrom(...TABS), run: text, node: text, path: text })])(
  'an address reads back as it was written',
  (address) => {
    expect(readAddress(writeAddress(address))).toEqual(address);
  },
);

test('what is not understood is as if absent', () => {
  expect(readAddress('#tab=<script>&node=a')).toEqual({ tab: 'graph', run: undefined, node: 'a', path: undefined });
});
