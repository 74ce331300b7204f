import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProject } from '../../test-tools/holon-process.ts';

const project = openProject({
  'shop.ts': `import { flow, pipe } from '@holon/flow';
export const shop = pipe('shop', flow('one', (x: number) => { console.log('body ran'); return x + 1; }), flow('two', (x: number) => x * 2));
export const input = 1;`,
  'bare.ts': `import { flow } from '@holon/flow';\nexport const bare = flow('bare', (x: number) => x);`,
});

const LINE = /^Debugger: http:\/\/127\.0\.0\.1:(\d+)\/\?token=[\w-]+\n$/u;

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'prints exactly one line on standard output, is paused at its first node, and ends by %s',
  async (signal, code) => {
    const running = project.start(['debug', 'shop.ts']);
    const stdout = await running.until('stdout', /\n/u);
    expect(stdout).toMatch(LINE);
    await running.until('stderr', /shop is paused at its first node\./u);
    const response = await fetch(stdout.slice('Debugger: '.length).trim(), { redirect: 'manual' });
    expect(response.status).toBeLessThan(400);
    running.child.kill(signal);
    const ended = await running.ended;
    expect([ended.code, ended.stdout]).toEqual([code, stdout]);
    expect(ended.stderr).not.toContain('body ran');
    expect(ended.stderr).toContain('Closing the debugger.');
  },
);

test('--no-pause lets the run go', async () => {
  const running = project.start(['debug', 'shop.ts', '--no-pause', '-i', '20']);
  await running.until('stderr', /✓ shop succeeded/u);
  running.child.kill('SIGINT');
  const { stdout, stderr } = await running.ended;
  expect(stdout).toMatch(LINE);
  expect(stderr).toContain('body ran');
});

test('without an input it waits for one', async () => {
  const running = project.start(['debug', 'bare.ts']);
  await running.until('stderr', /bare waits for an input/u);
  running.child.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
});

test('a port in use is a usage error', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { code, stdout, stderr } = await project.holon('debug', 'shop.ts', '--port', String(port));
  server.close();
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`${port} on 127.0.0.1 is in use by another program`);
});

test.each(['70000', 'web', '-1', '3.5'])('--port %s is refused', async (port) => {
  const { code, stderr } = await project.holon('debug', 'shop.ts', `--port=${port}`);
  expect(code).toBe(2);
  expect(stderr).toContain(`--port: "${port}" is not a port.`);
});

test.skipIf(process.platform !== 'linux')(
  'opens a browser on a desktop, never with --no-open, and lives without one',
  async () => {
    project.write({ 'bin/xdg-open': `#!/bin/sh\necho "$1" > "${project.folder}/opened"\n` });
    chmodSync(join(project.folder, 'bin/xdg-open'), 0o755);
    const desktop = { DISPLAY: ':99', PATH: `${project.folder}/bin:${process.env['PATH']}` };
    const shy = project.start(['debug', 'shop.ts', '--no-open'], { env: desktop });
    await shy.until('stderr', /Ctrl-C ends it/u);
    shy.child.kill('SIGINT');
    await shy.ended;
    expect(existsSync(join(project.folder, 'opened'))).toBe(false);

    const opening = project.start(['debug', 'shop.ts'], { env: desktop });
    const opened = (): string =>
      existsSync(join(project.folder, 'opened')) ? readFileSync(join(project.folder, 'opened'), 'utf8') : '';
    await expect.poll(opened, { timeout: 20_000 }).toMatch(/\n$/u);
    opening.child.kill('SIGINT');
    const { stdout } = await opening.ended;
    expect(`Debugger: ${opened()}`).toBe(stdout);

    const without = project.start(['debug', 'shop.ts'], { env: { DISPLAY: ':99', PATH: '/nowhere' } });
    await without.until('stderr', /No browser could be opened \(.*\); open the link above\./u);
    without.child.kill('SIGINT');
    expect((await without.ended).code).toBe(130);
  },
);

test('an input that JSON can not say is told, and debugged all the same', async () => {
  project.write({
    'odd.ts': `import { flow } from '@holon/flow';
export const odd = flow('odd', (x: unknown) => x);
export const input = new Map([[1, 2]]);`,
    'trap.ts': `import { flow } from '@holon/flow';
export const trap = flow('trap', (x: unknown) => x);
export const input = { get a() { throw new Error('no a'); } };`,
  });
  for (const [file, said] of [
    ['odd.ts', /The input box has the input as JSON, with a Map as a list of its pairs\./u],
    ['trap.ts', /The input box stays empty, since JSON can't say this input: reading it threw Error: no a\./u],
  ] as const) {
    const running = project.start(['debug', file]);
    await running.until('stderr', said);
    await running.until('stderr', /is paused at its first node/u);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
  }
});

test('a flow that ends the process does not do so in silence', async () => {
  project.write({
    'exits.ts': `import { flow } from '@holon/flow';\nexport const exits = flow('exits', async () => { await fetch('data:,').then(() => process.exit(0)); });`,
  });
  const { code, stderr } = await project.holon('debug', 'exits.ts', '--no-pause');
  expect(code).toBe(1);
  expect(stderr).toContain('✗ Code of the flow ended the process with process.exit(0).');
});
