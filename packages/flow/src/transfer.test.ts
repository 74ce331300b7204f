import { expect, test } from 'vitest';
import { transfer, transfersOf } from './transfer.ts';

test('marks a buffer, a view of one, or what is listed', () => {
  const buffer = new ArrayBuffer(8);
  const view = new Float32Array(buffer);
  const image = { pixels: view, width: 2 };
  expect(transfersOf(transfer(buffer))).toEqual([buffer]);
  expect(transfersOf(transfer(view))).toEqual([buffer]);
  expect(transfer(image, [buffer])).toBe(image);
  expect(transfersOf(image)).toEqual([buffer]);
});

test('what is not marked hands nothing over', () => {
  expect([{}, new ArrayBuffer(8), 5, null, undefined].map(transfersOf)).toEqual(Array(5).fill(undefined));
});

test('a value without a buffer of its own needs a list', () => {
  expect(() => transfer({ pixels: new Uint8Array(1) })).toThrow('list the buffers in it');
  expect(() => transfer({}, [5 as never])).toThrow('transfer: [5] is not a list of buffers.');
});
