import { HolonError, textOf } from '@holon/flow';

/** Bytes as a number, or a number with a unit: `'512MB'`, `'1.5GB'`, `'64MiB'`. */
export type Size = number | `${number}${'B' | 'kB' | 'KB' | 'MB' | 'GB' | 'TB' | 'KiB' | 'MiB' | 'GiB' | 'TiB'}`;

/** As the standards have it (IEC 80000-13): a megabyte is a million bytes, a mebibyte 1,048,576. */
const UNIT_BYTES: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/**
 * A {@link Size} in bytes.
 *
 * @param option the option's name, for the message
 * @throws HolonError `invalid-option` when it is not a size, or less than a byte
 */
export function parseSize(value: unknown, option: string): number {
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)([kmgt]?i?b)$/iu.exec(value) : null;
  const unit = match === null ? undefined : UNIT_BYTES[match[2]!.toLowerCase()];
  const bytes = typeof value === 'number' ? value : match && unit ? Number(match[1]) * unit : Number.NaN;
  if (bytes >= 1 && bytes < Number.POSITIVE_INFINITY) return Math.round(bytes);
  throw new HolonError(
    'invalid-option',
    `${option}: ${textOf(value)} is not a size. Give bytes from 1, or a text such as "512MB", "1.5GB", "64MiB".`,
  );
}

/** A size for people: `512 MB`, `1.5 GB`. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${Number((bytes / 10 ** (step * 3)).toPrecision(3))} ${units[step]}`;
}
