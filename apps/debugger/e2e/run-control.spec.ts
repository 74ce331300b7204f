import { expect, test } from './app.ts';

test('everything by keyboard: breakpoint, run, step, edit, continue', async ({ open }) => {
  const app = await open('order');
  await app.expectDetails('checkOrder', 'paused here');
  await app.node('checkOrder').focus();
  await app.key('ArrowDown');
  await app.expectDetails('price', 'not reached');
  await app.key('b');
  await expect(app.breakpoint('before it')).toHaveAttribute('aria-pressed', 'true');
  await app.key('F8');
  await app.expectDetails('price', 'paused here');

  await app.button('Edit input').focus();
  await app.key('Enter');
  const box = app.page.getByRole('textbox', { name: 'New input as JSON' });
  await box.focus();
  await app.key('ControlOrMeta+a');
  await app.page.keyboard.type('{"item":"book","count":1}');
  await app.key('Control+Enter');
  await app.key('F10');
  await app.expectDetails('receipt', 'paused here');
  await app.key('ControlOrMeta+b');
  await expect(app.breakpoint('before it')).toHaveAttribute('aria-pressed', 'true');
  await app.key('ControlOrMeta+Backslash');
  await expect(app.picker).toContainText('succeeded');
  await expect(app.details).toContainText('"1 × book: 15"');

  await app.key('?');
  await expect(app.page.getByRole('dialog', { name: 'Keys and signs' })).toBeVisible();
  await app.key('Escape');
  await expect(app.page.getByRole('dialog')).toBeHidden();
});

test('a node and a command are found by name', async ({ open }) => {
  const app = await open('order');
  await app.key('ControlOrMeta+k');
  await app.page.keyboard.type('recei');
  await app.key('Enter');
  await app.expectDetails('receipt', 'not reached');
  await app.key('/');
  await app.page.keyboard.type('cancel the');
  await app.key('Enter');
  await expect(app.picker).toContainText('canceled');
});

test('a sheet can be opened right after another', async ({ open }) => {
  const app = await open('order');
  await app.key('?');
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('ControlOrMeta+k');
  await app.page.keyboard.type('brr');
  await expect(app.page.getByRole('dialog', { name: 'Find a node or a command' })).toBeVisible();
  await app.key('Escape');
  await expect(app.breakpoint('before it')).toHaveAttribute('aria-pressed', 'false');
});

test('the end of a second run is shown, too', async ({ open }) => {
  const app = await open('order');
  await app.expectDetails('checkOrder', 'paused here');
  await app.press('Run');
  await expect(app.picker).toContainText('Run 2');
  await app.expectDetails('order', 'succeeded');
  await app.node('receipt').click();
  await app.press('Run');
  await expect(app.picker).toContainText('Run 3');
  await expect(app.picker).toContainText('succeeded');
  await app.expectDetails('receipt', 'succeeded');
});

test('into a composite and out of it', async ({ open }) => {
  const app = await open('many', '--input', '["a"]');
  await app.expectDetails('parseAll', 'paused here');
  await app.press('Step into');
  await app.expectDetails('parse', 'paused here');
  await app.press('Step out');
  await app.expectDetails('growing', 'paused here');
  await app.press('Continue');
  await expect(app.picker).toContainText('succeeded');
});

test('a step that needs a held branch says which', async ({ open }) => {
  const app = await open('many');
  await app.press('Step into');
  await expect(app.details).toContainText('many/parseAll[0]/parse');
  await app.press('Step out');
  await expect(app.details).toContainText('the step is waiting for many/parseAll[1]/parse, which is held');
  await app.press('Continue');
  await expect(app.picker).toContainText('succeeded');
});

test('a running flow can be paused and canceled', async ({ open }) => {
  const app = await open('order');
  await app.press('Cancel');
  await expect(app.picker).toContainText('canceled');
  await expect(app.button('Continue')).toHaveCount(0);
  await app.press('Run paused');
  await expect(app.picker).toContainText('paused');
  await app.picker.click();
  await expect(app.page.getByRole('option')).toHaveCount(2);
  await app.page.getByRole('option', { name: /^Run 1/u }).click();
  await app.idle();
  await expect(app.picker).toContainText('Run 1');
  await expect(app.picker).toContainText('canceled');
});

test('what ran many times is a list, the failed ones first', async ({ open }) => {
  const app = await open('many', '--input', '["a","bb","broken"]');
  await app.press('Continue');
  await expect(app.picker).toContainText('failed');
  await app.node('parse').click();
  const rows = app.page.getByRole('region', { name: 'Instances' }).getByRole('listitem');
  await expect(rows.first()).toContainText('failed[2]"broken"');
  await rows.filter({ hasText: '[1]' }).click();
  await app.expectDetails('parse', 'succeeded');
  await expect(app.details).toContainText('many/parseAll[1]/parse');
});
