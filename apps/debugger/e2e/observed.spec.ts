import { expect, test } from './app.ts';

test('the children of plain code appear as they run', async ({ open }) => {
  const app = await open('plain-code');
  await expect(app.node('research')).toBeVisible();
  await expect(app.node('search')).toHaveCount(0);
  await app.press('Step into');
  await app.expectDetails('search', 'paused here');
  await expect(app.node('search')).toBeVisible();
  await app.press('Continue');
  await expect(app.picker).toContainText('succeeded');
  await expect(app.node('search')).toHaveAccessibleName(/2 of 2/u);
  await expect(app.node('summarise')).toBeVisible();
  for (const tab of ['Mermaid', 'DOT']) {
    await app.tab(tab);
    await expect(app.node('summarise')).toHaveAccessibleName(/succeeded/u);
  }
});

test('a combinator from outside the packages draws, pauses and steps', async ({ open }) => {
  const app = await open('own-combinator', '--no-pause');
  await app.setBreakpoint('lookInBook');
  await app.press('Run');
  await app.expectDetails('lookInBook', 'paused here');
  await expect(app.node('lookInCache')).toHaveAccessibleName(/succeeded/u);
  await app.press('Step out');
  await expect(app.picker).toContainText('succeeded');
  await app.node('lookup').click();
  await expect(app.details).toContainText('"tide: found in the book"');
  await app.node('found?').click();
  await expect(app.details).toContainText('Decided');
});

test('hostile names and values are text everywhere', async ({ open }) => {
  const app = await open('hostile');
  await expect(app.page.getByRole('heading', { level: 1 })).toHaveText('<iframe srcdoc=x>');
  await app.press('Continue');
  await expect(app.picker).toContainText('succeeded');
  for (const tab of ['Graph', 'Mermaid', 'DOT']) {
    await app.tab(tab);
    await expect(app.page.getByRole('tabpanel').getByText('<img src=x onerror=').first()).toBeVisible();
  }
  await app.tab('Graph');
  // The override that would turn the name round is shown, not obeyed.
  await app.node('safe⟨202E⟩txt.exe').click();
  await expect(app.details).toContainText('<b onmouseover=');
  await app.tab('Events');
  expect(await app.page.evaluate(() => 'attacked' in globalThis)).toBe(false);
  expect(await app.page.locator('iframe, img, [onerror], [onload], [onmouseover]').count()).toBe(0);
  expect(app.errors).toEqual([]);
});
