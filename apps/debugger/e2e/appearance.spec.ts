import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './app.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`${colorScheme}: no accessibility problem that axe can find, in any state`, async ({ open, page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    const app = await open('many', '--input', '["a","bb","broken"]');
    for (const tab of ['Graph', 'Mermaid', 'DOT']) {
      await app.tab(tab);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    }
    await app.press('Edit input');
    await app.page.getByRole('textbox', { name: 'New input as JSON' }).fill('{');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await app.press('Continue');
    await expect(app.picker).toContainText('failed');
    await app.tab('Graph');
    await app.node('parse').click();
    await app.tab('Events');
    await app.picker.click();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await app.key('Escape');
    await app.key('?');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await app.key('Escape');
    await app.key('/');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}

test('the colours follow the system, and a choice', async ({ open, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const app = await open('order');
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await ground();
  expect(dark).not.toBe(light);
  await page.getByRole('button', { name: /^Colours/u }).click();
  await page.getByRole('button', { name: /^Colours: light/u }).click();
  expect(await ground()).toBe(dark);
  await page.reload();
  await app.idle();
  expect(await ground()).toBe(dark);
});

for (const [width, height] of [
  [390, 844],
  [720, 450],
] as const) {
  test(`at ${width} × ${height} everything can be reached`, async ({ open, page }) => {
    await page.setViewportSize({ width, height });
    const app = await open('order');
    await app.press('Edit input');
    await page.getByRole('textbox', { name: 'New input as JSON' }).fill('{ "item": "book", "count": 2 }');
    await app.press('Apply');
    await app.press('Continue');
    await app.press('Run paused');
    await expect(app.picker).toContainText('Run 2');
    await app.tab('Events');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
}
