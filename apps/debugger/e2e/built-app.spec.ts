import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { serveBuiltApp } from './built-app.ts';

test('the built app renders without errors and is accessible', async ({ page }) => {
  const app = await serveBuiltApp();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  try {
    await page.goto(app.url);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(errors).toEqual([]);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  } finally {
    await app.close();
  }
});
