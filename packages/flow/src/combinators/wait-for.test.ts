import { expect, test } from 'vitest';
import { describe } from '../picture/describe.ts';
import { waitFor } from './wait-for.ts';

test('needs an engine, and says what to do', async () => {
  await expect(waitFor('approval')()).rejects.toMatchObject({
    code: 'needs-engine',
    message: expect.stringContaining('send it by run.signal("approval", value)') as string,
  });
});

test('has the name of what it waits for', () => {
  expect(describe(waitFor('approval')).nodes.map(({ id, kind }) => [id, kind])).toEqual([['approval', 'wait-for']]);
  expect(() => waitFor('a/b')).toThrow("can't be a name");
});
