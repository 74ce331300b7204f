import { fileURLToPath } from 'node:url';
import { expect, test } from './app.ts';

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));
/** Pictures differ from machine to machine, so an ordinary test run leaves the README's alone. */
const isWriting = process.env['HOLON_SCREENSHOTS'] === '1';

test('the showcase, paused in the middle', async ({ open, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const app = await open('examples/showcase', '--no-pause');
  await expect(app.picker).toContainText('succeeded');
  await app.setBreakpoint('widenRarest');
  await app.press('Run');
  await app.expectDetails('widenRarest', 'paused here');
  await expect(app.node('judge')).toHaveAccessibleName(/running/u);
  await app.tab('Events');
  await app.details.getByText('query', { exact: true }).click();
  await page.mouse.move(0, 0);
  if (!isWriting) return;
  await page.screenshot({ path: `${docs}screenshot.png` });
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.idle();
  await page.screenshot({ path: `${docs}screenshot-dark.png` });
});
