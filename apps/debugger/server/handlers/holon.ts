import { encodeRunState } from '@holon/engine/events';
import type { HolonRequests } from '../../protocol/holon.ts';
import { RequestFailure } from '../failure.ts';
import type { Handlers } from './handler.ts';

/** What the Debug Adapter Protocol lacks. */
export const holonHandlers: Handlers<keyof HolonRequests> = {
  'holon/graph': (client) => client.room.graph(),

  'holon/setBreakpoints': (client, { breakpoints }) => ({
    breakpoints: client.room.setBreakpoints(client, breakpoints),
  }),

  'holon/start': (client, { input, paused }) => ({ runId: client.room.session.start(input, { paused }).run.id }),

  'holon/cancel': (client, { runId, reason }) => client.openRun(runId).cancel(reason) as undefined,
  'holon/pause': (client, { runId }) => client.openRun(runId).pause() as undefined,
  'holon/continue': (client, { runId }) => client.openRun(runId).continue() as undefined,

  'holon/step'(client, { runId, kind, path }) {
    if (!client.openRun(runId).step(kind, path)) throw new RequestFailure('not-stopped', `Nothing stands at ${path}.`);
  },

  'holon/runs': (client) => ({ runs: client.room.runs }),

  'holon/subscribe'(client, { runId }) {
    const run = client.run(runId);
    client.outbox.forgetRun();
    client.subscription = run;
    return { state: encodeRunState(run.state), stops: run.stops };
  },

  'holon/value': (client, { runId, path, side }) => client.run(runId).value(path, side),

  'holon/edit': (client, { runId, path, phase, value, revision }) =>
    client.openRun(runId).edit(path, phase, value, revision),
};
