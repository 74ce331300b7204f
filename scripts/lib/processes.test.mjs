import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';

const child = `
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => { console.log('told'); setTimeout(() => process.exit(7), 50); });
  setInterval(() => {}, 1000);
  console.log('ready');
`;

/** Runs a script that runs `code` as its child; `act` is called when the child says that it is ready. */
function parentOf(code, act) {
  const script = `
    import { run } from ${JSON.stringify(new URL('processes.mjs', import.meta.url).href)};
    const { code } = await run('node', ['-e', ${JSON.stringify(code)}], { show: true });
    console.log('child ended with', code);
    process.exitCode = code;
  `;
  return new Promise((resolve) => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    parent.stdout.on('data', (chunk) => {
      text += chunk;
      if (text === 'ready\n') act(parent);
    });
    parent.on('close', (exitCode) => resolve({ exitCode, lines: text.trim().split('\n') }));
  });
}

test("the child's exit code is passed on", async () => {
  expect(await parentOf('process.exit(3)')).toEqual({ exitCode: 3, lines: ['child ended with 3'] });
});

test('signals that come together are passed on once, and the child is awaited', async () => {
  // Two of the same kind may reach the parent as one.
  const twice = (parent) => [parent.kill('SIGINT'), parent.kill('SIGTERM')];
  expect(await parentOf(child, twice)).toEqual({ exitCode: 7, lines: ['ready', 'told'] });
});
