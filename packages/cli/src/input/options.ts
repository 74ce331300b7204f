import { type Duration, isHolonError, nearest, parseDuration } from '@holon/flow';
import { CliError } from '../cli-error.ts';

/** @throws CliError unless it is a whole number from 1 */
export function parseConcurrency(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const n = Number(given);
  if (Number.isSafeInteger(n) && n >= 1 && given.trim() !== '') return n;
  throw new CliError(`--concurrency: "${given}" is not a whole number from 1.`);
}

/** @throws CliError unless it is a duration such as `10s`; a bare number is milliseconds */
export function parseTimeout(given: string | undefined): Duration | undefined {
  if (given === undefined) return undefined;
  const value = /^\d+$/u.test(given) ? Number(given) : given;
  try {
    return parseDuration(value, '--timeout');
  } catch (error) {
    throw isHolonError(error) ? new CliError(error.message) : error;
  }
}

/** @throws CliError unless it is 0 (any free one) to 65535 */
export function parsePort(given: string | undefined): number {
  if (given === undefined) return 0;
  const n = Number(given);
  if (/^\d+$/u.test(given) && n <= 65_535) return n;
  throw new CliError(`--port: "${given}" is not a port. Expected a number from 0 to 65535; 0 means any that is free.`);
}

/** @throws CliError with the nearest when `given` is not one of `known` */
export function parseChoice<T extends string>(given: string, known: readonly T[], option: string): T {
  const found = known.find((each) => each === given);
  if (found !== undefined) return found;
  const near = nearest(given, known);
  throw new CliError(`${option}: "${given}" is not known.${near === undefined ? '' : ` Did you mean "${near}"?`}`, {
    details: [`Expected ${known.join(' or ')}.`],
  });
}
