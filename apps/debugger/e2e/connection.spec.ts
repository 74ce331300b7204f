import { expect, test } from './app.ts';

test('a reload while paused loses nothing', async ({ open }) => {
  const app = await open('order');
  await app.press('Set a breakpoint on receipt');
  await app.press('Step over');
  await app.expectDetails('price', 'paused here');
  await app.tab('DOT');
  await app.page.reload();
  await app.idle();
  await expect(app.page.getByRole('tab', { name: 'DOT' })).toHaveAttribute('aria-selected', 'true');
  await app.expectDetails('price', 'paused here');
  await expect(app.node('receipt')).toHaveAccessibleName(/breakpoint/u);
  await app.press('Continue');
  await app.expectDetails('receipt', 'paused here');
});

test('a lost connection says so, and for how long a pause holds', async ({ open }) => {
  const app = await open('order');
  const chip = app.page.getByRole('status').filter({ hasText: /Live|Disconnected|Connecting/u });
  await expect(chip).toContainText('Live');
  await app.command.stop();
  await expect(app.button('Reconnect')).toBeVisible();
  await expect(chip).toContainText(/Disconnected · stale since|Connecting/u);
  await expect(app.button('Run')).toBeDisabled();
});
