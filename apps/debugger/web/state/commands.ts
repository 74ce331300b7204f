import type { Phase, StepKind, Stop } from '@holon/engine/events';
import { useFlow } from './flow-store.ts';
import { notify } from './notice-store.ts';
import { useRuns } from './run-store.ts';
import type { RunView } from './run-view.ts';
import { requestOrTell, watchRun } from './session.ts';
import { useView } from './view-store.ts';

/** Starts a run and puts it on screen. */
export async function startRun(input: unknown, paused: boolean): Promise<void> {
  const started = await requestOrTell('holon/start', { input, paused });
  if (started !== undefined) await showRun(started.runId);
}

/** Puts a run on screen; a failure is told. */
export async function showRun(runId: string): Promise<void> {
  try {
    await watchRun(runId);
  } catch (error) {
    notify('problem', error instanceof Error ? error.message : String(error));
  }
}

/** What stepping moves: the selected instance if it stands, else who stopped by itself, else whoever stands. */
function stopToStep(view: RunView, node: string | undefined, path: string | undefined): Stop | undefined {
  const { stops } = view;
  const own = stops.filter((stop) => stop.why !== 'suspended');
  return (
    stops.find((stop) => stop.path === path) ??
    own.find((stop) => stop.id === node) ??
    stops.find((stop) => stop.id === node) ??
    own[0] ??
    stops[0]
  );
}

/** Whether the run holds still: it is paused, or someone stands at the gate. */
export function isPaused(view: RunView): boolean {
  return view.state.endedAt === undefined && (view.state.status === 'paused' || view.stops.length > 0);
}

export async function continueOrPause(): Promise<void> {
  const { view } = useRuns.getState();
  if (view === undefined || view.state.endedAt !== undefined) return;
  await requestOrTell(isPaused(view) ? 'holon/continue' : 'holon/pause', { runId: view.runId });
}

export async function step(kind: StepKind): Promise<void> {
  const { view } = useRuns.getState();
  if (view === undefined) return;
  const { node, path } = useView.getState();
  const stop = stopToStep(view, node, path);
  if (stop !== undefined) await requestOrTell('holon/step', { runId: view.runId, kind, path: stop.path });
}

export async function cancelRun(): Promise<void> {
  const { view } = useRuns.getState();
  if (view === undefined || view.state.endedAt !== undefined) return;
  await requestOrTell('holon/cancel', { runId: view.runId, reason: 'canceled in the debugger' });
}

/** Sets or takes away the breakpoint of a node. */
export async function toggleBreakpoint(node: string, phase: Phase = 'entry'): Promise<void> {
  const { breakpoints, graph } = useFlow.getState();
  const others = breakpoints.filter((each) => each.node !== node || each.phase !== phase);
  const wanted = others.length === breakpoints.length ? [...others, { node, phase }] : others;
  const set = await requestOrTell('holon/setBreakpoints', {
    breakpoints: wanted.map((each) => ({ node: each.node, phase: each.phase })),
  });
  if (set === undefined) return;
  useFlow.setState({ breakpoints: set.breakpoints });
  const placed = set.breakpoints.find((each) => each.node === node && each.phase === phase);
  const label = graph?.picture.nodes.find((each) => each.id === node)?.label ?? node;
  if (placed?.message !== undefined) notify('note', `Breakpoint on ${label}: ${placed.message}`);
}

export function toggleFollow(): void {
  const follow = !useView.getState().follow;
  useView.setState({ follow });
}

/** The server's text where there is one. */
export function textOfProblem(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
