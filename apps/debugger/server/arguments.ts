import { z } from 'zod';
import type { Command, Requests } from '../protocol/index.ts';

const MAX_BREAKPOINTS = 10_000;
/** Paths nest as deep as flows call each other. */
const MAX_ID_CHARS = 20_000;

const none = z.unknown().transform(() => undefined);
/** Clients of the Debug Adapter Protocol add arguments of their own to these. */
const ignored = z.unknown().transform(() => ({}));
const id = z.string().max(MAX_ID_CHARS);
const reference = z.int().nonnegative();
const ofRun = z.object({ runId: id });
const ofThread = z.object({ threadId: reference });
const phase = z.enum(['entry', 'exit']);

/** What each request may carry. What is not named here is left out. */
export const requestArguments: { readonly [C in Command]: z.ZodType<Requests[C]['arguments']> } = {
  initialize: z.object({ adapterID: id, clientID: id.optional(), clientName: id.optional() }),
  attach: ignored,
  configurationDone: ignored,
  disconnect: ignored,
  threads: none,
  stackTrace: ofThread,
  scopes: z.object({ frameId: reference }),
  variables: z.object({ variablesReference: reference }),
  continue: ofThread,
  pause: ofThread,
  next: ofThread,
  stepIn: ofThread,
  stepOut: ofThread,
  setBreakpoints: z.object({
    source: z.object({ name: id.optional(), path: id }),
    breakpoints: z.array(z.object({ line: z.int() })).max(MAX_BREAKPOINTS),
  }),
  'holon/graph': none,
  'holon/runs': none,
  'holon/setBreakpoints': z.object({
    breakpoints: z.array(z.object({ node: id, phase: phase.optional() })).max(MAX_BREAKPOINTS),
  }),
  // JSON leaves out a key whose value is undefined, which is the input of a flow that takes none.
  'holon/start': z.object({ input: z.unknown().default(undefined), paused: z.boolean() }),
  'holon/cancel': z.object({ runId: id, reason: z.string().max(1_000).optional() }),
  'holon/pause': ofRun,
  'holon/continue': ofRun,
  'holon/step': z.object({ runId: id, kind: z.enum(['over', 'into', 'out']), path: id }),
  'holon/subscribe': ofRun,
  'holon/value': z.object({ runId: id, path: id, side: z.enum(['input', 'output']) }),
  'holon/edit': z.object({ runId: id, path: id, phase, value: z.unknown(), revision: z.int().optional() }),
};
