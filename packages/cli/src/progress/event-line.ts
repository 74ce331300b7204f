import type { RunEvent, ValueView } from '@holon/engine/events';
import { clip, durationText, safe } from '../output/style.ts';
import type { Colors } from '../output/style.ts';

const MAX_ERROR_CHARS = 160;

/**
 * The line that an event is worth in a log, or undefined for most. What bodies say, what went wrong
 * on the way and what is over at the first level; never a line for each of a thousand items.
 */
export function eventLine(event: RunEvent, startedAt: number | undefined, colors: Colors): string | undefined {
  switch (event.type) {
    case 'node.logged': {
      const data = event.data === undefined ? '' : ` ${colors.dim(clip(viewText(event.data), 400))}`;
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

/** A value in one line, close to how it would be written in JavaScript. */
function viewText(view: ValueView): string {
  switch (view.kind) {
    case 'null':
    case 'undefined':
      return view.kind;
    case 'boolean':
    case 'number':
      return String(view.value);
    case 'bigint':
      return `${view.value}n`;
    case 'string':
      return safe(JSON.stringify(view.value) + (view.total > view.value.length ? '…' : ''));
    case 'array':
      return `[${list(view.items.map(viewText), view.total)}]`;
    case 'object':
      return `${view.type === undefined ? '' : `${safe(view.type)} `}{${list(
        view.entries.map(([key, part]) => `${safe(key)}: ${viewText(part)}`),
        view.total,
      )}}`;
    case 'map':
      return `Map {${list(
        view.entries.map(([key, part]) => `${viewText(key)} => ${viewText(part)}`),
        view.total,
      )}}`;
    case 'set':
      return `Set {${list(view.items.map(viewText), view.total)}}`;
    case 'error':
      return safe(`${view.name}: ${view.message}`);
    case 'other':
      return safe(`${view.type} ${view.text}`);
    case 'cut':
      return view.reason === 'cycle' ? '[cycle]' : '…';
  }
}

function list(parts: readonly string[], total: number): string {
  return [...parts, ...(total > parts.length ? [`… ${total - parts.length} more`] : [])].join(', ');
}
