import type { DebuggedRun } from '@holon/engine';
import type { StepKind } from '@holon/engine/events';
import type { DapRequests } from '../../protocol/dap.ts';
import type { Client } from '../client.ts';
import { RequestFailure } from '../failure.ts';
import { packageVersion } from '../package-version.ts';
import { describeLine, planSourceBreakpoints } from '../source-breakpoints.ts';
import { inspectionHandlers } from './inspect.ts';
import type { Handlers } from './handler.ts';

/** The commands of the Debug Adapter Protocol. */
export const dapHandlers: Handlers<keyof DapRequests> = {
  ...inspectionHandlers,

  initialize(client) {
    if (client.initialized) throw new RequestFailure('already-initialized', 'This connection was initialized before.');
    client.initialized = true;
    return {
      supportsConfigurationDoneRequest: true,
      holon: { version: 1, server: `Holon debugger ${packageVersion}` },
    };
  },

  attach(client) {
    const { room, outbox } = client;
    room.join(client);
    outbox.latest('initialized', () => undefined);
    outbox.latest('holon/breakpoints', () => ({ breakpoints: room.session.breakpoints }));
  },

  configurationDone(client) {
    for (const run of client.room.session.runs) {
      const [stop] = run.stops;
      if (stop !== undefined) client.room.tellStopped(client, run, stop);
    }
  },

  disconnect(client) {
    client.subscription = undefined;
    client.room.leave(client);
  },

  setBreakpoints(client, { source, breakpoints }) {
    const { room } = client;
    const { picture } = room.session;
    const lines = breakpoints.map(({ line }) => line);
    const plan = planSourceBreakpoints(picture, room.session.breakpoints, source.path, lines);
    const placed = room.setBreakpoints(client, plan.breakpoints);
    return {
      breakpoints: lines.map((line, i) => describeLine(picture, placed, source.path, line, plan.nodesByLine[i] ?? [])),
    };
  },

  continue(client, { threadId }) {
    runOf(client, threadId).continue();
    return { allThreadsContinued: true };
  },

  pause(client, { threadId }) {
    runOf(client, threadId).pause();
  },

  next: (client, { threadId }) => step(client, threadId, 'over'),
  stepIn: (client, { threadId }) => step(client, threadId, 'into'),
  stepOut: (client, { threadId }) => step(client, threadId, 'out'),
};

function runOf(client: Client, threadId: number): DebuggedRun {
  return client.openRun(client.thread(threadId).runId);
}

function step(client: Client, threadId: number, kind: StepKind): undefined {
  const { branch } = client.thread(threadId);
  const run = runOf(client, threadId);
  const stop = run.stops.find((each) => each.branch === branch);
  if (stop === undefined || !run.step(kind, stop.path)) {
    throw new RequestFailure('not-stopped', 'Only what stands can be stepped, and this branch does not.');
  }
}
