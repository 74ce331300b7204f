import type { Run } from '@holon/engine';
import type { RunEvent, RunState } from '@holon/engine/events';
import { describe } from '@holon/flow';
import type { LoadedFlow } from '../load/load-flow.ts';
import { labelOf } from '../output/label.ts';
import { count, durationText, safe } from '../output/style.ts';
import type { Channel } from '../output/terminal.ts';
import { eventLine } from './event-line.ts';
import { openLiveBlock } from './live-block.ts';
import { RunFollower } from './tally.ts';

/** A run that is being shown. */
export interface WatchedRun {
  /** Instances that ignored their cancellation, by path. */
  readonly abandoned: readonly string[];
  /** Nodes that no picture declares, found as plain code ran, by static id. */
  readonly discovered: RunState['discovered'];
  /** Paths that are open now, innermost ones only. */
  openPaths(): readonly string[];
  /** Of these, those that wait for something that is no body, such as a signal, with the engine's words for it. */
  waiting(): readonly { readonly path: string; readonly reason: string }[];
  /** Takes the display away and says in a line how the run ended. */
  end(status: 'succeeded' | 'failed' | 'canceled'): void;
}

/** How often a run that says nothing shows that it is alive, where nothing can be redrawn. */
const HEARTBEAT_MS = 15_000;

/**
 * Shows a run on standard error as it goes: a block redrawn in place on a terminal, plain lines
 * elsewhere, nothing when `quiet`.
 */
export function watchRun(run: Run, loaded: LoadedFlow, notes: Channel, quiet: boolean): WatchedRun {
  const { colors } = notes;
  const label = labelOf(loaded);
  const follower = new RunFollower(describe(loaded.flow));
  const abandoned: string[] = [];
  const closeBlock = !quiet && notes.isTTY ? openLiveBlock(label, () => follower.tally(), notes) : undefined;
  const heartbeat =
    quiet || notes.isTTY ? undefined : setInterval(() => notes.line(aliveLine(follower)), HEARTBEAT_MS).unref();

  const stop = run.on((event: RunEvent) => {
    const startedAt = 'path' in event ? follower.state.instances.get(event.path)?.startedAt : undefined;
    follower.take(event);
    if (event.type === 'node.abandoned') abandoned.push(event.path);
    const line = quiet ? undefined : eventLine(event, startedAt, colors);
    if (line === undefined) return;
    notes.line(line);
    heartbeat?.refresh();
  });

  return {
    abandoned,
    discovered: follower.state.discovered,
    openPaths: () => {
      // Asked of the run itself: of the turn that has not ended its events are not told yet.
      const open = [...run.state.instances.values()];
      const parents = new Set(open.map(({ parent }) => parent));
      return open.map(({ path }) => path).filter((path) => !parents.has(path));
    },
    waiting: () =>
      follower
        .tally()
        .leaves.flatMap(({ path, status, reason }) =>
          status === 'waiting' && reason !== undefined ? [{ path, reason }] : [],
        ),
    end: (status) => {
      stop();
      closeBlock?.();
      clearInterval(heartbeat);
      if (quiet && status !== 'failed') return;
      const { succeeded } = follower.tally();
      const sign =
        status === 'succeeded' ? colors.green('✓') : status === 'failed' ? colors.red('✗') : colors.yellow('■');
      const steps = status === 'succeeded' ? colors.dim(`, ${count(succeeded, 'step')}`) : '';
      notes.line(
        `${sign} ${colors.bold(safe(label))} ${status}${colors.dim(` after ${durationText(follower.elapsedMs)}`)}${steps}`,
      );
    },
  };
}

function aliveLine(follower: RunFollower): string {
  const { running, queued, retrying, waiting, succeeded, state } = follower.tally();
  return `… ${durationText(Date.now() - state.createdAt)}: ${running} running, ${queued} queued, ${retrying} waiting to retry, ${waiting} waiting, ${succeeded} done`;
}
