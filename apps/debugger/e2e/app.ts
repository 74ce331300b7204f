import { type Locator, type Page, expect, test as base } from '@playwright/test';
import { type DebugCommand, startDebug, startProgram } from './cli.ts';

/** The debugger's page, by what a person sees of it. */
class App {
  readonly page: Page;
  readonly command: DebugCommand;
  /** What the page complained about. */
  readonly errors: string[] = [];

  constructor(page: Page, command: DebugCommand) {
    this.page = page;
    this.command = command;
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  /** Waits until the page has nothing left to do: no request, no layout, no drawing. */
  async idle(): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-idle', 'true');
  }

  /** Another window of the same browser, with what the address carries. */
  async another(): Promise<App> {
    const app = new App(await this.page.context().newPage(), this.command);
    await app.page.goto(this.page.url());
    await app.idle();
    return app;
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async press(name: string): Promise<void> {
    await this.button(name).click();
    await this.idle();
  }

  /** By a click on the dot at the node's left edge. */
  async setBreakpoint(label: string): Promise<void> {
    await this.press(`Set a breakpoint on ${label}`);
    await expect(this.button(`Clear the breakpoint on ${label}`)).toBeVisible();
  }

  /** What sets and clears a breakpoint of the selected node. */
  breakpoint(where: 'before it' | 'after it'): Locator {
    return this.details.getByRole('group', { name: 'Breakpoint' }).getByRole('button', { name: where });
  }

  async key(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.idle();
  }

  async tab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
    await this.idle();
  }

  /** A node in the drawing on screen, by the beginning of its name. */
  node(label: string): Locator {
    return this.page
      .getByRole('tabpanel')
      .getByRole('button', { name: new RegExp(`^${label.replaceAll(/[$()*+.?[\\\]^{|}]/gu, '\\$&')}[ ,]`, 'u') });
  }

  get details(): Locator {
    return this.page.getByRole('region', { name: 'Selected node' });
  }

  get picker(): Locator {
    return this.page.getByRole('button', { name: /^Run \d/u });
  }

  /** The chosen node and its state, as the side panel says it. */
  async expectDetails(label: string, state: string): Promise<void> {
    await expect(this.details.getByRole('heading', { level: 2 })).toHaveText(label);
    await expect(this.details.getByText(state, { exact: true }).first()).toBeVisible();
  }
}

async function openLink(page: Page, command: DebugCommand): Promise<App> {
  const app = new App(page, command);
  await page.goto(command.url);
  await app.idle();
  return app;
}

interface Fixtures {
  /** Starts `holon debug` on a flow and opens its link. */
  readonly open: (flow: string, ...options: readonly string[]) => Promise<App>;
  /** Starts a program that serves a debugger itself, and opens its link. */
  readonly openProgram: (name: string) => Promise<App>;
}

export const test = base.extend<Fixtures>({
  open: async ({ page }, provide) => {
    const commands: DebugCommand[] = [];
    await provide(async (flow, ...options) => {
      const command = await startDebug(flow, ...options);
      commands.push(command);
      return openLink(page, command);
    });
    await Promise.all(commands.map((command) => command.stop()));
  },
  openProgram: async ({ page }, provide) => {
    const commands: DebugCommand[] = [];
    await provide(async (name) => {
      const command = await startProgram(name);
      commands.push(command);
      return openLink(page, command);
    });
    await Promise.all(commands.map((command) => command.stop()));
  },
});
export { expect };
