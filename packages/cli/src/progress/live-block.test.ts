import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { viewOf } from '@holon/engine/events';
import { describe, flow, map } from '@holon/flow';
import { colorsFor } from '../output/style.ts';
import { openLiveBlock } from './live-block.ts';
import { RunFollower } from './tally.ts';

const notes = {
  isTTY: true,
  columns: 60,
  colors: colorsFor({ isTTY: false }),
  write: () => undefined,
  line: () => undefined,
};
let written = '';

beforeEach(() => {
  vi.useFakeTimers({ now: 10_000 });
  written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    written += String(chunk);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function followed(): RunFollower {
  const follower = new RunFollower(
    describe(
      map(
        'crawl',
        flow('page', (n: number) => n),
      ),
    ),
  );
  const view = viewOf(1);
  follower.take({ seq: 1, at: 10_000, type: 'run.created', runId: 'r', flow: 'crawl', input: view, labels: {} });
  follower.take({
    seq: 2,
    at: 10_000,
    type: 'node.opened',
    path: 'crawl',
    id: 'crawl',
    parent: undefined,
    branch: 1,
    input: view,
  });
  follower.take({
    seq: 3,
    at: 10_000,
    type: 'node.opened',
    path: 'crawl/page[0]',
    id: 'crawl/page',
    parent: 'crawl',
    branch: 1,
    input: view,
  });
  follower.take({ seq: 4, at: 10_000, type: 'node.started', path: 'crawl/page[0]', attempt: 2 });
  return follower;
}

test('shows what is open, redraws in place, and leaves nothing behind', () => {
  const follower = followed();
  const close = openLiveBlock('crawl', () => follower.tally(), notes);
  vi.advanceTimersByTime(200);
  expect(written).toBe('');
  vi.advanceTimersByTime(50);
  expect(written).toBe('⠋ crawl  1 running  250 ms\n    crawl/page[0]  running, attempt 2, 250 ms\n');
  written = '';
  vi.advanceTimersByTime(100);
  expect(written).toBe(
    '\u001b[2A\r\u001b[J⠙ crawl  1 running  350 ms\n    crawl/page[0]  running, attempt 2, 350 ms\n',
  );
  written = '';
  close();
  expect(written).toBe('\u001b[2A\r\u001b[J');
  written = '';
  vi.advanceTimersByTime(1_000);
  expect(written).toBe('');
});

test('what others write goes above it, and a line that is not ended is not cut', () => {
  const follower = followed();
  const close = openLiveBlock('crawl', () => follower.tally(), notes);
  vi.advanceTimersByTime(250);
  written = '';
  process.stderr.write('half a line');
  vi.advanceTimersByTime(500);
  expect(written).toBe('\u001b[2A\r\u001b[Jhalf a line');
  process.stderr.write(', whole\n');
  vi.advanceTimersByTime(100);
  expect(written).toMatch(/half a line, whole\n⠙ crawl/u);
  close();
});

test('counts what ended and what is open', () => {
  const follower = followed();
  expect(follower.tally()).toMatchObject({ succeeded: 0, running: 1, queued: 0 });
  follower.take({ seq: 5, at: 10_300, type: 'node.succeeded', path: 'crawl/page[0]', output: viewOf(2) });
  expect(follower.tally()).toMatchObject({ succeeded: 1, running: 0 });
  expect(follower.elapsedMs).toBe(300);
});
