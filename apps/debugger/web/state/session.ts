import type { Stop } from '@holon/engine/events';
import { DebugClient, type RequestError } from '../connection/client.ts';
import type { Command, EventName, Events, Requests, RunSummary } from '../../protocol/index.ts';
import { readAddress } from './address.ts';
import { useConnection } from './connection-store.ts';
import { EventList } from './event-list.ts';
import { remember, useFlow } from './flow-store.ts';
import { beginWork } from './idle.ts';
import { notify } from './notice-store.ts';
import { useRuns } from './run-store.ts';
import { RunView } from './run-view.ts';
import { announce, selectNode, useView } from './view-store.ts';

let client: DebugClient | undefined;

/** Connects to the server that this page came from, and keeps the stores in step with it. */
export function openSession(): void {
  const url = new URL('/ws', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  client = new DebugClient(url.href, {
    onState: (connection) => useConnection.setState({ connection }),
    onOpen: greet,
    onEvent: takeEvent,
  });
  client.connect();
}

export function reconnectNow(): void {
  client?.retryNow();
}

/** @throws RequestError (as rejection) */
export function request<C extends Command>(command: C, args: Requests[C]['arguments']): Promise<Requests[C]['body']> {
  if (client === undefined) throw new Error('openSession comes first');
  return client.request(command, args);
}

/** A request whose refusal is told to the person; gives undefined then. */
export async function requestOrTell<C extends Command>(
  command: C,
  args: Requests[C]['arguments'],
): Promise<Requests[C]['body'] | undefined> {
  try {
    return await request(command, args);
  } catch (error) {
    notify('problem', (error as RequestError).message);
    return undefined;
  }
}

async function greet(): Promise<void> {
  await request('initialize', { adapterID: 'holon', clientID: 'holon-web', clientName: 'Holon debugger' });
  await request('attach', {});
  const [graph, { runs }] = await Promise.all([request('holon/graph', undefined), request('holon/runs', undefined)]);
  useFlow.setState({ graph });
  document.title = `${graph.picture.root} · Holon debugger`;
  useRuns.setState({ runs });
  const wanted = useRuns.getState().view?.runId ?? readAddress(location.hash).run;
  const run = runs.find((each) => each.runId === wanted) ?? runs.find((each) => each.endedAt === undefined) ?? runs[0];
  if (run !== undefined) await watchRun(run.runId);
  // Last: a run that was started paused may go on from here, and this client already watches it.
  await request('configurationDone', {});
}

/** Puts a run on screen. The selection stays where it is, unless the run stands somewhere. */
export async function watchRun(runId: string): Promise<void> {
  const { state, stops } = await request('holon/subscribe', { runId });
  const before = useRuns.getState().view;
  const again = before?.runId === runId;
  const view = new RunView(state, stops);
  remember(view.state.discovered);
  useRuns.setState(({ version, events, dropped }) => ({
    view,
    events: again && events.kept.at(-1)?.seq === state.seq ? events : new EventList(state.seq),
    dropped: again ? dropped : 0,
    version: version + 1,
  }));
  if (!again && before !== undefined) leaveInstance();
  follow([], stops);
  followEnd(view);
}

function takeEvent<E extends EventName>(event: E, body: Events[E]): void {
  TAKE[event]?.(body);
}

const TAKE: { readonly [E in EventName]?: (body: Events[E]) => void } = {
  'holon/runEvents': ({ runId, events }) => {
    const { view, events: list } = useRuns.getState();
    if (view?.runId !== runId) return;
    const fresh = events.filter((event) => event.seq > view.state.seq);
    view.take(fresh);
    remember(view.state.discovered);
    list.add(fresh);
    for (const event of fresh) {
      if (event.type === 'run.succeeded') announce('The run succeeded.');
      else if (event.type === 'run.failed') announce(`The run failed: ${event.error.message}`);
      else if (event.type === 'run.canceled') announce('The run was canceled.');
    }
    followEnd(view);
    drawSoon();
  },
  'holon/resync': ({ runId, dropped, state }) => {
    const { view } = useRuns.getState();
    if (view?.runId !== runId) return;
    view.replace(state);
    remember(view.state.discovered);
    useRuns.setState((store) => ({ dropped: store.dropped + dropped }));
    drawSoon();
  },
  'holon/stops': ({ runId, stops }) => {
    const { view } = useRuns.getState();
    if (view?.runId !== runId) return;
    const before = view.stops;
    view.setStops(stops);
    follow(before, stops);
    drawSoon();
  },
  'holon/runs': ({ runs }) => {
    useRuns.setState({ runs });
    joinNewRun(runs);
  },
  'holon/breakpoints': ({ breakpoints }) => useFlow.setState({ breakpoints }),
  'holon/session': (session) => {
    useConnection.setState({ session });
    if (session.note !== undefined) notify('note', session.note);
  },
};

/** A page that shows nothing yet takes up the first run that anyone starts. */
function joinNewRun(runs: readonly RunSummary[]): void {
  const newest = runs[0];
  if (newest === undefined || useRuns.getState().view !== undefined) return;
  if (useConnection.getState().connection.kind !== 'live') return;
  void watchRun(newest.runId).catch(() => undefined);
}

function stoppedByItself(stop: Stop): boolean {
  return stop.why !== 'suspended';
}

/** What was selected last by following, not by the person. */
let followed: { readonly node: string; readonly path: string | undefined } | undefined;

function followTo(node: string, path: string | undefined): void {
  followed = { node, path };
  selectNode(node, path);
}

/** A path means nothing in another run; that the selection was followed to stays true. */
function leaveInstance(): void {
  const { node } = useView.getState();
  if (isFollowed() && node !== undefined) followTo(node, undefined);
  else selectNode(node);
}

function isFollowed(): boolean {
  const { node, path } = useView.getState();
  return node === followed?.node && path === followed?.path;
}

/** Selects who came to a stand, and says so aloud. */
function follow(before: readonly Stop[], stops: readonly Stop[]): void {
  const known = new Set(before.filter(stoppedByItself).map((stop) => stop.path));
  const arrived = stops.find((stop) => stoppedByItself(stop) && !known.has(stop.path));
  if (arrived === undefined) return;
  announce(`Paused at ${arrived.path}: ${arrived.reason}`);
  if (useView.getState().follow) followTo(arrived.id, arrived.path);
}

/** At the end of a run, selects what it came to: the whole with its result, or where its failure began. */
function followEnd({ state }: RunView): void {
  const { follow: isFollowing, node } = useView.getState();
  if (state.endedAt === undefined || !isFollowing || (node !== undefined && !isFollowed())) return;
  const failed = state.failedAt === undefined ? undefined : state.instances.get(state.failedAt);
  if (failed !== undefined) followTo(failed.id, failed.path);
  else if (state.flow !== '') followTo(state.flow, undefined);
}

let drawing = false;

/** One redraw a frame, however many events came. The fold itself is not put off. */
function drawSoon(): void {
  if (drawing) return;
  drawing = true;
  const done = beginWork();
  requestAnimationFrame(() => {
    drawing = false;
    useRuns.setState(({ version }) => ({ version: version + 1 }));
    done();
  });
}
