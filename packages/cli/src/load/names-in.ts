import { readdirSync } from 'node:fs';

/** What is in a folder, to name what may have been meant; nothing where this user may not look. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
