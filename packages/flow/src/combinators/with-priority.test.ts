import { describe, expect, test } from 'vitest';
import { describe as describeFlow } from '../picture/describe.ts';
import { withPriority } from './with-priority.ts';

describe('withPriority', () => {
  test('gives what its child gives, synchronously when that does, with all its arguments', async () => {
    const add = (a: number, b: number): number => a + b;
    expect(withPriority(add, 'high')(1, 2)).toBe(3);
    expect(await withPriority(async (a: number, b: number) => a + b, -3)(1, 2)).toBe(3);
  });

  test('says so in its picture', () => {
    expect(describeFlow(withPriority('urgent', String, 'critical')).nodes[0]).toMatchObject({
      kind: 'with-priority',
      label: 'urgent',
      policies: ['priority critical'],
    });
  });

  test('an unknown level is refused', () => {
    expect(() => withPriority(String, 'hihg' as never)).toThrow('priority: "hihg" is not a priority');
  });
});
