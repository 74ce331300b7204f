import type { DebuggedRun } from '@holon/engine';
import type { InstanceState, Stop } from '@holon/engine/events';
import type { PictureNode } from '@holon/flow';
import type { DapRequests, DapStackFrame, DapThread, DapVariable } from '../../protocol/dap.ts';
import type { Client, HeldVariables } from '../client.ts';
import { RequestFailure } from '../failure.ts';
import { type Variable, scopeVariables, stateVariables, variablesIn } from '../variables.ts';
import type { Handlers } from './handler.ts';

/** Looking at what stands: threads, their stacks, the scopes of a frame, the variables in them. */
export const inspectionHandlers: Handlers<keyof Pick<DapRequests, 'threads' | 'stackTrace' | 'scopes' | 'variables'>> =
  {
    threads(client) {
      return {
        threads: client.room.session.runs
          .filter(({ state }) => state.endedAt === undefined)
          .flatMap((run) => threadsOf(client, run)),
      };
    },

    stackTrace(client, { threadId }) {
      const { runId, branch } = client.thread(threadId);
      const run = client.run(runId);
      const path = run.stops.find((stop) => stop.branch === branch)?.path ?? innermost(run, branch)?.path;
      const stackFrames =
        path === undefined
          ? []
          : run.frames(path).map((frame): DapStackFrame => {
              const origin = nodeOf(client, run, frame.id)?.origin;
              return {
                id: client.frames.add(runId, { runId, path: frame.path }),
                name: frame.label,
                line: origin?.line ?? 0,
                column: origin?.column ?? 0,
                ...(origin !== undefined && {
                  source: { name: origin.file.replace(/^.*[\\/]/u, ''), path: origin.file },
                }),
              };
            });
      return { stackFrames, totalFrames: stackFrames.length };
    },

    scopes(client, { frameId }) {
      const frame = client.frames.get(frameId) ?? outdated('frame');
      const run = client.run(frame.runId);
      const scope = (name: 'Input' | 'Output' | 'State') => ({
        name,
        variablesReference: client.variables.add(frame.runId, { kind: 'scope', frame, scope: name }),
        expensive: false,
      });
      const hasOutput = run.value(frame.path, 'output').kind === 'value';
      return { scopes: [scope('Input'), ...(hasOutput ? [scope('Output')] : []), scope('State')] };
    },

    variables(client, { variablesReference }) {
      const held = client.variables.get(variablesReference) ?? outdated('variables');
      const runId = held.kind === 'scope' ? held.frame.runId : held.runId;
      return { variables: variablesOf(client, held).map((variable) => toDap(client, runId, variable)) };
    },
  };

/** Enough to tell runs apart by eye. */
const SHOWN_ID_CHARS = 8;

function threadsOf(client: Client, run: DebuggedRun): DapThread[] {
  const stopped = new Map<number, Stop>(run.stops.map((stop) => [stop.branch, stop]));
  const open = new Map<number, string>();
  for (const { branch, path, endedAt } of run.state.instances.values())
    if (endedAt === undefined) open.set(branch, path);
  return [...open].map(([branch, path]) => ({
    id: client.room.threads.idOf(run.run.id, branch),
    name: `${stopped.get(branch)?.path ?? path} (run ${run.run.id.slice(0, SHOWN_ID_CHARS)})`,
  }));
}

/** The open instance of a branch that was opened last. */
function innermost(run: DebuggedRun, branch: number): InstanceState | undefined {
  let last: InstanceState | undefined;
  for (const instance of run.state.instances.values()) {
    if (instance.branch === branch && instance.endedAt === undefined) last = instance;
  }
  return last;
}

function nodeOf(client: Client, run: DebuggedRun, id: string): PictureNode | undefined {
  return client.room.session.picture.nodes.find((node) => node.id === id) ?? run.state.discovered.get(id)?.node;
}

function variablesOf(client: Client, held: HeldVariables): readonly Variable[] {
  if (held.kind === 'inside') return variablesIn(held.expandable);
  const { frame, scope } = held;
  const run = client.run(frame.runId);
  if (scope === 'State') {
    const instance = run.state.instances.get(frame.path);
    return instance === undefined ? [] : stateVariables(instance);
  }
  const opened = run.value(frame.path, scope === 'Input' ? 'input' : 'output');
  if (opened.kind === 'value') return scopeVariables(opened.view, scope.toLowerCase());
  return [{ name: scope.toLowerCase(), value: opened.reason, type: undefined, inside: undefined }];
}

function toDap(client: Client, runId: string, { name, value, type, inside }: Variable): DapVariable {
  const variablesReference =
    inside === undefined ? 0 : client.variables.add(runId, { kind: 'inside', runId, expandable: inside });
  return { name, value, ...(type !== undefined && { type }), variablesReference };
}

function outdated(what: string): never {
  throw new RequestFailure(
    'unknown-reference',
    `This ${what} reference is no longer valid: the run has gone on since.`,
  );
}
