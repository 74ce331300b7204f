import { expect, test } from 'vitest';
import { openProject } from '../../test-tools/holon-process.ts';

const project = openProject({
  'pay.ts': `import { flow, pipe } from '@holon/flow';

class PaymentError extends Error {
  override name = 'PaymentError';
}

function charge(amount: number): never {
  const cause = new TypeError('no route to bank');
  throw new PaymentError('declined: ' + amount, { cause });
}

export const pay = flow('pay', async (amount: number) => charge(amount), { retry: { retries: 1, delay: 1 } });
export const checkout = pipe('checkout', (amount: number) => amount * 2, pay);
`,
  'rude.ts': `import { flow } from '@holon/flow';
export const rude = flow('rude', () => { throw { reason: 'because' }; });`,
  'slow.ts': `import { flow } from '@holon/flow';
export const slow = flow('slow', async () => { await new Promise((resolve) => setTimeout(resolve, 60_000)); }, { timeout: 20 });
export const slower = flow('slower', async () => { await new Promise((resolve) => setTimeout(resolve, 60_000)); });`,
});

test('a failed run says where, which attempt, why with its causes, from which line, and what to do', async () => {
  const { code, stdout, stderr } = await project.holon('run', 'pay.ts#checkout', '-i', '4');
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('↻ checkout/pay  attempt 1 failed (PaymentError: declined: 8); the next in 1 ms\n');
  expect(stderr).toMatch(/✗ checkout failed after \d+ ms\n/u);
  expect(stderr).toContain('  at         checkout/pay, attempt 2\n');
  expect(stderr).toContain('  error      PaymentError: declined: 8\n');
  expect(stderr).toContain('  caused by  TypeError: no route to bank\n');
  expect(stderr).toContain('  stack      charge  pay.ts:8:17\n');
  expect(stderr).toContain(`  ❯ 8 │   const cause = new TypeError('no route to bank');\n`);
  expect(stderr).toContain('  next       holon debug pay.ts#checkout --input 4\n');
  expect(stderr).not.toMatch(/node:internal|packages\/engine/u);
});

test('a thrown value that is not an Error is named as such', async () => {
  const { code, stderr } = await project.holon('run', 'rude.ts');
  expect(code).toBe(1);
  expect(stderr).toContain('a non-Error was thrown: {"reason":"because"}');
  expect(stderr).toContain('written    rude.ts:2');
});

test('a flow that plain code called is found in its source, too', async () => {
  project.write({
    'plain.ts': `import { flow } from '@holon/flow';
const search = flow('search', async (n: number) => { if (n === 2) throw 'nothing found'; return n; });
export const research = flow('research', async () => { for (let n = 0; n < 5; n++) await search(n); });`,
  });
  const { code, stderr } = await project.holon('run', 'plain.ts');
  expect(code).toBe(1);
  expect(stderr).toMatch(
    / {2}at {9}research\/search\S*\n {2}error {6}a non-Error was thrown: "nothing found"\n {2}written {4}plain\.ts:2\n/u,
  );
});

test('a timeout of a flow, and one of the whole run, fail with their code', async () => {
  const [own, whole] = await Promise.all([
    project.holon('run', 'slow.ts#slow'),
    project.holon('run', 'slow.ts#slower', '--timeout', '50ms'),
  ]);
  expect([own.code, whole.code]).toEqual([1, 1]);
  expect(own.stderr).toContain('[timeout]');
  expect(whole.stderr).toContain('[timeout]');
});

test('an input that its schema refuses is a usage error with the path and what was expected', async () => {
  project.write({
    'strict.ts': `import { z } from 'zod';
import { flow } from '@holon/flow';
const Order = z.object({ items: z.array(z.object({ price: z.number() })) });
export const strict = flow('strict', (order: z.infer<typeof Order>) => order.items.length, { input: Order });`,
  });
  const { code, stdout, stderr } = await project.holon('run', 'strict.ts', '-i', '{"items":[{"price":"3"}]}');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('The input of "strict" does not fit its schema:');
  expect(stderr).toContain('items[0].price: Invalid input: expected number, received string');
});

test('control characters and colours of others do not reach the terminal', async () => {
  project.write({
    'evil.ts': `import { flow } from '@holon/flow';
export const evil = flow('evil', () => { throw new Error('\\u001b[2Jgone\\u202e'); });`,
  });
  const { stderr } = await project.holon('run', 'evil.ts');
  expect(stderr).toContain('Error: \\u001b[2Jgone\\u202e');
  expect(stderr).not.toContain('\u001b');
});

test('an error that no run caught ends the process with its text', async () => {
  project.write({
    'stray.ts': `import { flow } from '@holon/flow';
export const stray = flow('stray', async () => {
  setTimeout(() => { throw new Error('from a callback'); }, 1);
  await new Promise((resolve) => setTimeout(resolve, 5_000));
});`,
  });
  const { code, stderr } = await project.holon('run', 'stray.ts');
  expect(code).toBe(1);
  expect(stderr).toContain('An error was thrown outside of any run');
  expect(stderr).toContain('Error: from a callback');
  expect(stderr).toContain('stray.ts:3:28');
});

test('a run that nothing can wake any more is reported, not ended in silence', async () => {
  project.write({
    'stuck.ts': `import { flow } from '@holon/flow';
export const stuck = flow('stuck', () => new Promise(() => undefined));`,
  });
  const { code, stderr } = await project.holon('run', 'stuck.ts');
  expect(code).toBe(1);
  expect(stderr).toContain('stuck awaits a promise that nobody will settle');
});

test('a run that waits for a signal, which nobody here can send, says so', async () => {
  project.write({
    'asks.ts': `import { pipe, waitFor } from '@holon/flow';
export const asks = pipe('asks', waitFor('approval'));`,
  });
  const { code, stderr } = await project.holon('run', 'asks.ts');
  expect(code).toBe(1);
  expect(stderr).toContain('asks/approval: waiting for the signal "approval"');
  expect(stderr).not.toContain('awaits a promise');
});

test('a body that ends the process does not pass for success', async () => {
  project.write({
    'exits.ts': `import { flow } from '@holon/flow';
export const exits = flow('exits', () => process.exit(0));`,
  });
  const { code, stdout, stderr } = await project.holon('run', 'exits.ts');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('Code of the flow ended the process with process.exit(0). Open at that moment: exits');
});

test('the errors inside an AggregateError, and a cause that is no Error, are shown', async () => {
  project.write({
    'any.ts': `import { flow } from '@holon/flow';
export const any = flow('any', async () => {
  try {
    await Promise.any([Promise.reject(new Error('first')), Promise.reject('second')]);
  } catch (cause) {
    throw new Error('no mirror answered', { cause: new Error('all tried', { cause }) });
  }
});
export const odd = flow('odd', () => { throw new Error('odd', { cause: { status: 503 } }); });`,
  });
  const [any, odd] = await Promise.all([project.holon('run', 'any.ts#any'), project.holon('run', 'any.ts#odd')]);
  expect(any.stderr).toMatch(/caused by {2}AggregateError: .*\n {13}- Error: first\n {13}- "second"\n/u);
  expect(odd.stderr).toContain('caused by  {"status":503}\n');
});

test('undefined that was thrown, and an error that can not be read, are failures like any other', async () => {
  project.write({
    'odd-errors.ts': `import { flow } from '@holon/flow';
export const nothing = flow('nothing', () => { throw undefined; });
export const trap = flow('trap', () => { throw new Proxy(new Error('x'), { get() { throw new Error('trap'); } }); });`,
  });
  const [nothing, trap] = await Promise.all([
    project.holon('run', 'odd-errors.ts#nothing'),
    project.holon('run', 'odd-errors.ts#trap'),
  ]);
  expect([nothing.code, trap.code]).toEqual([1, 1]);
  expect(nothing.stderr).toContain('  error      a non-Error was thrown: undefined\n');
  expect(trap.stderr).toContain('  error      UnreadableError: ');
  expect(trap.stderr).toContain('  next       holon debug odd-errors.ts#trap\n');
});
