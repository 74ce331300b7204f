import type { InstanceState } from '@holon/engine/events';
import { clip, count, durationText, safe } from '../output/style.ts';
import type { Channel } from '../output/terminal.ts';
import type { Tally } from './tally.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const REDRAW_MS = 100;
/** A run that is over sooner shows no block at all: nothing flickers. */
const FIRST_DRAW_MS = 250;
const MAX_LEAVES = 5;

/**
 * A few lines at the bottom of the terminal that show a run as it is, redrawn in place. Everything
 * else that is written to standard error meanwhile goes above them.
 *
 * @returns the function that takes the block away
 */
export function openLiveBlock(label: string, tally: () => Tally, notes: Channel): () => void {
  const { stderr } = process;
  const write = stderr.write.bind(stderr);
  let drawnLines = 0;
  let frame = 0;
  /** Whether others have written a line that is not ended yet: drawing would cut it in two. */
  let midLine = false;

  const erase = (): void => {
    if (drawnLines > 0) write(`\u001b[${drawnLines}A\r\u001b[J`);
    drawnLines = 0;
  };
  const draw = (): void => {
    if (midLine) return;
    erase();
    const lines = blockLines(label, FRAMES[frame++ % FRAMES.length]!, tally(), notes);
    write(`${lines.join('\n')}\n`);
    drawnLines = lines.length;
  };

  stderr.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
    erase();
    const written = write(chunk, ...rest);
    midLine = typeof chunk === 'string' ? !chunk.endsWith('\n') : chunk.at(-1) !== 10;
    return written;
  }) as typeof stderr.write;

  let timer = setTimeout(() => {
    draw();
    timer = setInterval(draw, REDRAW_MS).unref();
  }, FIRST_DRAW_MS).unref();
  return () => {
    clearTimeout(timer);
    erase();
    stderr.write = write;
  };
}

function blockLines(label: string, spinner: string, tally: Tally, { colors, columns }: Channel): string[] {
  const { state, leaves } = tally;
  const now = Date.now();
  const parts = [
    state.status === 'canceling' ? 'canceling' : undefined,
    some(tally.running, 'running'),
    some(tally.queued, 'queued'),
    some(tally.retrying, 'waiting to retry'),
    some(tally.waiting, 'waiting'),
    some(tally.succeeded, 'done'),
    some(tally.failed, 'failed'),
  ].filter((part) => part !== undefined);
  const head = `${label}  ${parts.join(' · ')}  ${durationText(now - state.createdAt)}`;
  const shown = leaves.filter((leaf) => leaf.path.includes('/')).slice(0, MAX_LEAVES);
  const more = leaves.length - shown.length;
  return [
    `${colors.cyan(spinner)} ${clip(safe(head), columns - 4)}`,
    ...shown.map((leaf) => colors.dim(clip(`    ${leafText(leaf, now)}`, columns - 2))),
    ...(shown.length > 0 && more > 0 ? [colors.dim(`    and ${count(more, 'more', 'more')}`)] : []),
  ];
}

function leafText(leaf: InstanceState, now: number): string {
  const attempt = leaf.attempt > 1 ? `, attempt ${leaf.attempt}` : '';
  const progress = leaf.progress === undefined ? '' : `, ${Math.round(leaf.progress * 100)} %`;
  const reason =
    (leaf.status === 'queued' || leaf.status === 'waiting') && leaf.reason !== undefined ? ` (${leaf.reason})` : '';
  return safe(
    `${leaf.path}  ${leaf.status}${reason}${attempt}${progress}, ${durationText(now - (leaf.startedAt ?? leaf.openedAt))}`,
  );
}

function some(n: number, what: string): string | undefined {
  return n === 0 ? undefined : `${n.toLocaleString('en-US')} ${what}`;
}
