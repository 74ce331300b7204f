import type { Pipe } from './pipe-type.ts';
import { pipeOf } from './pipe.ts';

/**
 * The same as `pipe`, by the name it has where flows come from: the first step runs first. (Elsewhere a `compose`
 * runs from right to left; this one does not.)
 *
 * @throws what the step that fails throws
 *
 * @example
 * const shout = compose((text: string) => text.trim(), (text) => text.toUpperCase());
 * shout('  hey '); // 'HEY'
 */
export const compose: Pipe = (...given: unknown[]): never => pipeOf('compose', given) as never;
