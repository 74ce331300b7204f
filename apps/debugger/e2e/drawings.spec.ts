import { expect, test } from './app.ts';

/** From the left edge of a node, its dot included, to the middle of that dot. */
const DOT_MIDDLE = 8;

for (const { tab, other } of [
  { tab: 'Mermaid', other: 'DOT' },
  { tab: 'DOT', other: 'Mermaid' },
] as const) {
  test(`${tab}: states are live, a click selects, breakpoints by click and by key`, async ({ open }) => {
    const app = await open('order');
    await app.tab(tab);
    await expect(app.node('checkOrder')).toHaveAccessibleName(/paused here/u);

    await app.node('receipt').click();
    await app.expectDetails('receipt', 'not reached');
    await app.key('b');
    await expect(app.node('receipt')).toHaveAccessibleName(/breakpoint/u);
    await app.key('b');
    await expect(app.node('receipt')).not.toHaveAccessibleName(/breakpoint/u);

    await app.node('receipt').dblclick();
    await app.idle();
    await expect(app.node('receipt')).toHaveAccessibleName(/breakpoint/u);
    await app.node('receipt').dblclick();
    await app.idle();
    await expect(app.node('receipt')).not.toHaveAccessibleName(/breakpoint/u);

    const price = await app.node('price').boundingBox();
    if (price === null) throw new Error('price is not drawn');
    await app.page.mouse.click(price.x + DOT_MIDDLE, price.y + price.height / 2);
    await app.idle();
    await expect(app.node('price')).toHaveAccessibleName(/breakpoint/u);
    await app.press('Continue');
    await app.expectDetails('price', 'paused here');
    await expect(app.node('checkOrder')).toHaveAccessibleName(/succeeded/u);

    await app.tab(other);
    await expect(app.node('price')).toHaveAccessibleName(/paused here ?, breakpoint/u);
    await app.tab('Graph');
    await expect(app.node('price')).toHaveAccessibleName(/paused here ?, breakpoint/u);
    expect(app.errors).toEqual([]);
  });
}
