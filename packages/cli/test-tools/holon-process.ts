import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, vi } from 'vitest';

// Each test starts processes; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 30_000 });

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const bin = join(repository, 'packages/cli/bin/holon.js');
/** What a project of a user has installed. */
const INSTALLED = ['@holon', 'zod'];

/** How a `holon` process ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A real `holon` process. */
export interface HolonProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with all that the stream gave so far, once it matches. Rejects when the process ends before. */
  until(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string>;
}

/** A temporary folder of real files, as a user's project. Removed after the tests of the file. */
export interface Project {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  start(args: readonly string[], options?: { readonly stdin?: string; readonly env?: NodeJS.ProcessEnv }): HolonProcess;
  holon(...args: string[]): Promise<Ended>;
}

export function openProject(files: Readonly<Record<string, string>> = {}): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holon-cli-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'node_modules'));
  for (const name of INSTALLED) symlinkSync(join(repository, 'node_modules', name), join(folder, 'node_modules', name));
  const write: Project['write'] = (more) => {
    for (const [name, text] of Object.entries(more)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  const start: Project['start'] = (args, options = {}) => startHolon(args, folder, options);
  write({ 'package.json': '{ "type": "module" }', ...files });
  return { folder, write, start, holon: (...args) => start(args).ended };
}

function startHolon(
  args: readonly string[],
  cwd: string,
  { stdin, env = {} }: { stdin?: string; env?: NodeJS.ProcessEnv },
): HolonProcess {
  const { FORCE_COLOR, NO_COLOR, NODE_OPTIONS, DISPLAY, WAYLAND_DISPLAY, CI, ...inherited } = process.env;
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  const checks = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      for (const check of checks) check();
    });
  }
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin ?? '');
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...texts })));
  return {
    child,
    ended,
    until: (stream, pattern) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (!pattern.test(texts[stream])) return;
          checks.delete(check);
          resolve(texts[stream]);
        };
        checks.add(check);
        void ended.then((end) =>
          reject(new Error(`ended with ${end.code} before ${stream} matched ${pattern}:\n${end.stdout}${end.stderr}`)),
        );
        check();
      }),
  };
}
