import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const bin = fileURLToPath(new URL('../../../packages/cli/bin/holon.js', import.meta.url));
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));

/** `order` is a fixture; `examples/showcase` an example. */
function fileOf(flow: string): string {
  return flow.startsWith('examples/') ? `${examples}${flow.slice('examples/'.length)}.ts` : `${fixtures}${flow}.ts`;
}

/** What serves a debugger, in a process of its own: `holon debug` on a flow, or a program. */
export interface DebugCommand {
  /** The link that it printed. Its token lets in one browser, once. */
  readonly url: string;
  /** Stops the process where it is: its sockets stay open and nobody answers. */
  freeze(): void;
  thaw(): void;
  /** Ctrl-C, and waits until it has ended. */
  stop(): Promise<void>;
}

/** Starts `holon debug` and waits for its link. */
export function startDebug(flow: string, ...options: readonly string[]): Promise<DebugCommand> {
  return serve(bin, 'debug', fileOf(flow), '--no-open', ...options);
}

/** Starts a fixture that is a program, and waits for its link. */
export function startProgram(name: string): Promise<DebugCommand> {
  return serve('--conditions=holon-source', `${fixtures}${name}.ts`);
}

async function serve(...args: readonly string[]): Promise<DebugCommand> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let noted = '';
  child.stderr.on('data', (data: Buffer) => (noted += data.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      printed += data.toString();
      const link = /^Debugger: (\S+)$/mu.exec(printed)?.[1];
      if (link !== undefined) resolve(link);
    });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}:\n${printed}${noted}`)));
  });
  return {
    url,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: () => stop(child),
  };
}

/** What `holon run` prints for a flow with its own input: its result. */
export async function runFlow(flow: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [bin, 'run', fileOf(flow)], { cwd: root });
  return stdout.trim();
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGCONT');
  child.kill('SIGINT');
  await ended;
}
