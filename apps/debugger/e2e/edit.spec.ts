import { runFlow } from './cli.ts';
import { expect, test } from './app.ts';

test('a breakpoint by click pauses a run, an edited input changes its result', async ({ open }) => {
  const app = await open('order', '--no-pause');
  await expect(app.picker).toContainText('succeeded');

  await app.setBreakpoint('price');
  await app.press('Run');
  await app.expectDetails('price', 'paused here');
  await expect(app.details).toContainText('item"pen"');
  await expect(app.details).toContainText('breakpoint before its body');

  await app.press('Edit input');
  const box = app.page.getByRole('textbox', { name: 'New input as JSON' });
  await box.fill('{ "item": "book", ');
  await expect(app.details.getByRole('alert')).toContainText(/Line 1, column \d+/u);
  await expect(app.button('Apply')).toBeDisabled();
  await box.fill('{ "item": "book", "count": "two" }');
  await app.press('Apply');
  await expect(app.details.getByRole('alert')).toContainText('Refused:');
  await app.expectDetails('price', 'paused here');
  await box.fill('{ "item": "book", "count": 2 }');
  await app.press('Apply');
  await expect(app.details).toContainText('edited');
  await expect(app.details).toContainText('item"book"');

  await app.press('Step over');
  await app.expectDetails('receipt', 'paused here');
  await expect(app.details).toContainText('total30');
  await app.press('Continue');
  await expect(app.picker).toContainText('succeeded');
  await app.expectDetails('order', 'succeeded');
  await expect(app.details).toContainText('"2 × book: 30"');

  expect(await runFlow('order')).toContain('3 × pen: 6');
  expect(app.errors).toEqual([]);
});

test('an output can be replaced at exit', async ({ open }) => {
  const app = await open('order');
  await app.node('price').click();
  await app.breakpoint('after it').click();
  await app.idle();
  await app.press('Continue');
  await app.expectDetails('price', 'paused here');
  await expect(app.details).toContainText('total6');
  await app.press('Edit output');
  await app.page
    .getByRole('textbox', { name: 'New output as JSON' })
    .fill('{ "item": "pen", "count": 1, "total": 99 }');
  await app.press('Apply');
  await app.press('Continue');
  await expect(app.picker).toContainText('succeeded');
  await app.node('receipt').click();
  await expect(app.details).toContainText('"1 × pen: 99"');
});

test('an edit of a value that someone else has changed meanwhile is refused', async ({ open }) => {
  const app = await open('order');
  const other = await app.another();
  await expect(app.page.getByText('1 other client')).toBeVisible();
  await app.press('Edit input');
  const box = app.page.getByRole('textbox', { name: 'New input as JSON' });
  await expect(box).toBeFocused();
  await box.fill('{ "item": "pen", "count": 1 }');

  await other.press('Edit input');
  await other.page.getByRole('textbox', { name: 'New input as JSON' }).fill('{ "item": "book", "count": 4 }');
  await other.press('Apply');
  await expect(other.button('Edit input')).toBeFocused();

  await app.press('Apply');
  await expect(app.details.getByRole('alert')).toContainText('Someone else has changed this value meanwhile');
  await expect(box).toHaveValue('{ "item": "pen", "count": 1 }');
  await app.press('Leave as is');
  await expect(app.details).toContainText('item"book"');
  await other.press('Continue');
  await expect(app.picker).toContainText('succeeded');
  await expect(app.details).toContainText('"4 × book: 60"');
  expect([...app.errors, ...other.errors]).toEqual([]);
});

test('an input that does not fit the schema is refused in words', async ({ open }) => {
  const app = await open('examples/checkout');
  const input = app.page.getByRole('textbox', { name: 'Input of the next run, as JSON' });
  // Opened by the focus, it shows all its lines.
  await input.focus();
  await input.fill('{ "customer": "ada" }');
  await app.press('Run');
  await expect(app.page.getByRole('alert')).toContainText('card');
  await expect(app.picker).toContainText('Run 1');
});

test('a run that fails shows where, and why', async ({ open }) => {
  const app = await open('order');
  await app.press('Continue');
  const input = app.page.getByRole('textbox', { name: 'Input of the next run, as JSON' });
  await input.fill('{ "item": "moon", "count": 1 }');
  await app.press('Run');
  await expect(app.picker).toContainText('failed');
  await app.expectDetails('checkOrder', 'failed');
  await expect(app.details).toContainText('Nobody sells "moon".');
});
