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
