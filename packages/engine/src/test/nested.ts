import { flow, pipe } from '@holon/flow';
import { settled } from './setting.ts';

export const inc = flow('inc', (x: number) => x + 1);
export const later = flow('later', async (x: number) => {
  await settled();
  return x * 2;
});
export const nested = pipe(
  'p',
  inc,
  pipe(
    'q',
    later,
    flow('last', (x: number) => x),
  ),
  later,
);
