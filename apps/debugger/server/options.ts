import { type Clock, type DebugSession, systemClock } from '@holon/engine';
import { HolonError, textOf } from '@holon/flow';
import { builtAppFolder } from './assets.ts';

export interface DebugServerOptions {
  /** What is debugged. It stays open when the server closes. */
  readonly session: DebugSession;
  /** A loopback address; others are refused. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** @default 0: a free one */
  readonly port?: number | undefined;
  /** How long paused runs wait once the last client has left, in milliseconds. @default 30_000 */
  readonly graceMs?: number | undefined;
  /** The folder of the built web app. @default where this package's build puts it */
  readonly assets?: string | undefined;
  /** What the input box starts with, as JSON text. */
  readonly input?: string | undefined;
  /** The file the flow was loaded from, for people. */
  readonly file?: string | undefined;
  /** @default the machine's */
  readonly clock?: Clock | undefined;
}

export interface ResolvedOptions {
  readonly session: DebugSession;
  readonly host: string;
  readonly port: number;
  readonly graceMs: number;
  readonly assets: string;
  readonly input: string | undefined;
  readonly file: string | undefined;
  readonly clock: Clock;
}

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '::1'];
const MAX_PORT = 65_535;
const MAX_GRACE_MS = 86_400_000;

/** @throws HolonError `invalid-option` naming the option and its value */
export function resolveServerOptions(options: DebugServerOptions): ResolvedOptions {
  const {
    session,
    host = '127.0.0.1',
    port = 0,
    graceMs = 30_000,
    assets = builtAppFolder,
    input,
    file,
    clock = systemClock,
  } = options;
  if (!LOOPBACK_HOSTS.includes(host)) {
    throw new HolonError(
      'invalid-option',
      `host: ${textOf(host)} could be reached from other machines, and whoever reaches the debugger runs your code. Use 127.0.0.1, localhost or ::1, and a tunnel (ssh -L) from elsewhere.`,
    );
  }
  checkWhole('port', port, MAX_PORT);
  checkWhole('graceMs', graceMs, MAX_GRACE_MS);
  return { session, host, port, graceMs, assets, input, file, clock };
}

function checkWhole(name: string, value: unknown, max: number): void {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max) return;
  throw new HolonError('invalid-option', `${name}: ${textOf(value)} is not a whole number from 0 to ${max}.`);
}
