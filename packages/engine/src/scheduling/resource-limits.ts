import { type Duration, HolonError, type Size, checkKnown, parseDuration, parseSize, textOf } from '@holon/flow';
import type { PressureLimits } from './pressure.ts';

/**
 * What the process may use. `cpu` and `memory` hold back bodies that have not begun, of all runs, as long as they are
 * exceeded; they stop nothing that runs, and something always runs. They are measured at most ten times a second.
 */
export interface ResourceLimits {
  /** Share of the machine's cores that the whole process keeps busy, above 0 and up to 1. On four cores, one busy thread is 0.25. @default no limit */
  readonly cpu?: number | undefined;
  /** Memory of the whole process that is resident: heap, buffers and code. @default no limit */
  readonly memory?: Size | undefined;
  /** How long a run may take that names no `timeout` of its own. @default no limit */
  readonly timeout?: Duration | undefined;
}

/** @throws HolonError `invalid-option` naming the option and the value */
export function resolveResourceLimits(
  limits: ResourceLimits | undefined,
  option: string,
): { readonly pressure: PressureLimits | null; readonly timeoutMs: number | undefined } {
  if (limits === undefined) return { pressure: null, timeoutMs: undefined };
  checkKnown(limits, ['cpu', 'memory', 'timeout'], option);
  const { cpu, memory, timeout } = limits;
  if (cpu !== undefined && !(cpu > 0 && cpu <= 1)) {
    throw new HolonError('invalid-option', `${option}.cpu: ${textOf(cpu)} is not a share above 0 and up to 1.`);
  }
  const memoryBytes = memory === undefined ? undefined : parseSize(memory, `${option}.memory`);
  return {
    pressure: cpu === undefined && memoryBytes === undefined ? null : { cpu, memoryBytes },
    timeoutMs: timeout === undefined ? undefined : parseDuration(timeout, `${option}.timeout`),
  };
}
