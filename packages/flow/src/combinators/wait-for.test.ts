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
  expect(() => waitFor(undefined as never)).toThrow(
    'waitFor has its name first: waitFor(name, schema). Given as the name: undefined',
  );
});

test('refuses what is no schema at once, not when the value comes', () => {
  expect(() => waitFor('approval', { by: 'string' } as never)).toThrow(
    'waitFor "approval": schema: {"by":"string"} is not a Standard Schema',
  );
});
