import { availableParallelism } from 'node:os';

/** Where the engine learns what the process uses of the machine. Nothing else in it asks. */
export interface Resources {
  /** Milliseconds of processor time that this process has used since it began, all its threads together. */
  cpuMs(): number;
  /** Bytes of memory that are resident. */
  memoryBytes(): number;
  /** How many cores there are to use. */
  cores(): number;
}

/** The machine's. */
export const systemResources: Resources = {
  cpuMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
  memoryBytes: () => process.memoryUsage.rss(),
  cores: () => availableParallelism(),
};
