import { type RunEvent, viewText } from '@holon/engine/events';
import { type Colors, clip, durationText, safe } from '../output/style.ts';

const MAX_ERROR_CHARS = 160;
const DATA_LIMITS = { depth: 4, chars: 400 };

/**
 * The line that an event is worth in a log, or undefined for most. What bodies say, what went wrong
 * on the way and what is over at the first level; never a line for each of a thousand items.
 */
export function eventLine(event: RunEvent, startedAt: number | undefined, colors: Colors): string | undefined {
  switch (event.type) {
    case 'node.logged': {
      const data = event.data === undefined ? '' : ` ${colors.dim(safe(viewText(event.data, DATA_LIMITS)))}`;
      return `${mark(event.level, colors)} ${colors.dim(safe(event.path))}  ${safe(event.message)}${data}`;
    }
    case 'node.retrying':
      return `${colors.yellow('↻')} ${colors.dim(safe(event.path))}  attempt ${event.attempt} failed (${clip(safe(`${event.error.name}: ${event.error.message}`), MAX_ERROR_CHARS)}); the next in ${durationText(event.delayMs)}`;
    case 'node.abandoned':
      return `${colors.yellow('!')} ${colors.dim(safe(event.path))}  ignores that it was canceled and may still be running`;
    case 'node.succeeded':
      if (!isFirstLevel(event.path)) return undefined;
      return `${colors.green('✓')} ${safe(event.path)}${startedAt === undefined ? '' : colors.dim(`  ${durationText(event.at - startedAt)}`)}`;
    case 'run.paused':
    case 'run.canceling':
      return `${colors.yellow('‖')} ${event.type === 'run.paused' ? 'paused' : 'canceling'}: ${safe(event.reason)}`;
    default:
      return undefined;
  }
}

/** Directly below the root, and not one of many: the index stands at the composite that repeats. */
function isFirstLevel(path: string): boolean {
  return /^[^/[\]]+\/[^/[\]]+$/u.test(path);
}

function mark(level: 'debug' | 'info' | 'warn' | 'error', colors: Colors): string {
  switch (level) {
    case 'debug':
      return colors.dim('·');
    case 'info':
      return colors.cyan('·');
    case 'warn':
      return colors.yellow('!');
    case 'error':
      return colors.red('✗');
  }
}
