import { expect, test } from './app.ts';

test('a reload while paused loses nothing', async ({ open }) => {
  const app = await open('order');
  await app.setBreakpoint('receipt');
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

test('a server that went silent does not look alive, and is taken up again', async ({ open }) => {
  test.slow();
  const app = await open('order');
  await app.setBreakpoint('receipt');
  app.command.freeze();
  // The page gives a silent server seven seconds.
  await expect(app.page.getByText(/stale since \d/u)).toBeVisible({ timeout: 25_000 });
  await expect(app.page.getByText('a paused run goes on after 30 s without a client')).toBeVisible();
  await expect(app.button('Run')).toBeDisabled();
  app.command.thaw();
  await expect(app.page.getByText('Live again')).toBeVisible({ timeout: 25_000 });
  await app.expectDetails('checkOrder', 'paused here');
  await app.press('Continue');
  await app.expectDetails('receipt', 'paused here');
});

test('a server that ended is said to be gone', async ({ open }) => {
  const app = await open('order');
  await expect(app.page.getByText('Live', { exact: true })).toBeVisible();
  await app.command.stop();
  await expect(app.page.getByText(/(?:Disconnected|Reconnecting) · stale since/u)).toBeVisible();
  await expect(app.button('Reconnect')).toBeVisible();
  await expect(app.button('Run')).toBeDisabled();
});

test('a run that went on without a client says so to who comes back', async ({ openProgram }) => {
  const app = await openProgram('own-server');
  await app.expectDetails('checkOrder', 'paused here');
  const address = app.page.url();
  await app.page.goto('about:blank');
  await app.page.goto(address);
  await app.idle();
  await expect(app.page.getByText('The paused run went on without you: no client for 0 s.')).toBeVisible();
  await expect(app.picker).toContainText('succeeded');
  expect(app.errors).toEqual([]);
});
