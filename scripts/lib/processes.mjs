// Child processes that never outlive the script: a signal is passed on once, awaited, and then ends the script too.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A repeated signal this soon is the same key press, delivered by the terminal and by npm. */
const repeatMs = 500;
/** What is left of a child after this long is killed. */
const graceMs = 10_000;

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The environment in which `node` and every installed tool are the project's own. */
export const environment = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
};

const open = new Set();
let ending;
let forwardedAt = 0;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal));

// npm passes SIGTERM to its shell alone, which dies of it and leaves this process behind.
if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end('SIGTERM'), 500).unref();
}

function end(signal) {
  const now = performance.now();
  const repeated = ending !== undefined && now - forwardedAt < repeatMs;
  ending ??= signal;
  if (repeated) return;
  forwardedAt = now;
  if (open.size === 0) process.exit(codeOf(signal));
  for (const child of open) child.kill(signal);
  setTimeout(() => open.forEach(killGroup), graceMs).unref();
}

/**
 * Runs a command to its end and resolves to { code, text }. `show` lets people see its output instead of collecting
 * it; `onText` also hears what it prints on stdout. The child has its own process group, so that the terminal's Ctrl-C
 * reaches it through here alone.
 */
export function run(command, args, { show = false, onText, cwd = root, env = environment } = {}) {
  return new Promise((resolve) => {
    const windows = process.platform === 'win32';
    const stdio = !show ? ['ignore', 'pipe', 'pipe'] : onText ? ['ignore', 'pipe', 'inherit'] : 'inherit';
    const child = spawn(command, args, {
      cwd,
      env: show ? env : plain(env),
      stdio,
      detached: !windows,
      shell: windows,
    });
    open.add(child);
    let text = '';
    const collect = (chunk) => (text += chunk);
    const hear = (chunk) => {
      process.stdout.write(chunk);
      onText(String(chunk));
    };
    child.stdout?.on('data', show ? hear : collect);
    child.stderr?.on('data', collect);
    const settle = (code) => {
      open.delete(child);
      if (ending !== undefined && open.size === 0) process.exit(code);
      resolve({ code, text });
    };
    child.on('error', (error) => {
      text += error.message;
      settle(127);
    });
    child.on('close', (code, signal) => settle(code ?? codeOf(signal)));
  });
}

/** Collected output is shown later, indented and cut. */
function plain({ FORCE_COLOR: _, ...env }) {
  return { ...env, NO_COLOR: '1' };
}

function codeOf(signal) {
  return 128 + constants.signals[signal];
}

function killGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
