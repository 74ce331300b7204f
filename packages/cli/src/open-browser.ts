import { spawn } from 'node:child_process';

/** Whether somebody sits in front of a screen that a browser could open on. */
export function hasDesktop(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false') return false;
  if (platform === 'darwin') return env['SSH_CONNECTION'] === undefined;
  if (platform === 'win32') return true;
  return Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/** Asks the desktop to open a page. Never throws; `onFailure` is told why nothing opened. */
export function openBrowser(
  url: string,
  onFailure: (why: string) => void,
  platform: NodeJS.Platform = process.platform,
): void {
  const [command, ...args] = openerOf(url, platform);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', (error) => onFailure(error.message));
  child.on('exit', (code) => {
    if (code !== 0 && code !== null) onFailure(`${command} ended with ${code}`);
  });
  child.unref();
}

function openerOf(url: string, platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open', url];
  // Not `cmd /c start`, which would read the "&" of a URL as its own.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}
