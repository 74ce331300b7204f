/** What a picture declares, and what runs: random flows, some of whose bodies fail, are slow, are shared, or are plain code. */
import { type AnyFlow, type FlowPicture, describe, staticIdOf } from '@holon/flow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RunEvent, createEngine, seededRandom, simulatedClock } from '../index.ts';
import { build, trees } from '../test/trees.ts';
import { coverageOf } from './coverage.ts';
import { emptyRunState, fold } from './fold.ts';
import type { RunState } from './state.ts';

const numRuns = Number(process.env['FC_RUNS'] ?? 150);

/** An event and the run that it is of: work that is shared has a run of its own. */
type Heard = readonly [runId: string, event: RunEvent];

async function heardOf(make: (world: Parameters<typeof build>[1]) => AnyFlow): Promise<[FlowPicture, Heard[]]> {
  const clock = simulatedClock();
  const root = make({ clock, running: 0, most: 0 });
  const engine = createEngine({ clock, random: seededRandom(1), maxConcurrency: 3 });
  const heard: Heard[] = [];
  engine.on('*', (event, source) => {
    if (source !== undefined) heard.push([source.runId, event as RunEvent]);
  });
  await clock.finish(engine.start(root, 1).outcome);
  await clock.finish(engine.drain());
  return [describe(root), heard];
}

function statesOf(heard: readonly Heard[]): RunState[] {
  const runs = Map.groupBy(heard, ([runId]) => runId);
  return [...runs.values()].map((own) => own.reduce((state, [, event]) => fold(state, event), emptyRunState()));
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** Where in one instance of a combinator a value can have come from by now. */
class Inside {
  readonly #ended = new Set<string>();
  readonly #decided = new Map<string, Set<string>>();

  end(id: string): void {
    this.#ended.add(id);
  }

  decide(mark: string, value: string): void {
    this.#decided.set(mark, (this.#decided.get(mark) ?? new Set()).add(value));
  }

  /** Whether an edge of the picture leads to `to` from what has happened, here or in shared work. */
  leads(picture: FlowPicture, parent: string, to: string, shared: ReadonlySet<string>): boolean {
    return picture.edges.some((edge) => edge.parent === parent && edge.to === to && this.#left(picture, edge, shared));
  }

  #left(picture: FlowPicture, edge: FlowPicture['edges'][number], shared: ReadonlySet<string>): boolean {
    const { parent, from, when } = edge;
    if (from === parent || this.#ended.has(from) || shared.has(lastPart(from))) return true;
    const shape = picture.nodes.find(({ id }) => id === from)!.shape;
    if (shape === 'task' || shape === 'composite') return false;
    if (shape !== 'choice') return this.leads(picture, parent, from, shared);
    const values = this.#decided.get(from);
    return values !== undefined && (when === undefined || values.has(when));
  }
}

/** Whether it goes through items, of which there may be none, and none that go on. */
function isList({ nodes, edges }: FlowPicture, id: string): boolean {
  const first = new Set(edges.filter((edge) => edge.parent === id && edge.from === id).map(({ to }) => to));
  return nodes.some((node) => node.many && first.has(node.id));
}

/** What happened under a combinator without an edge that leads to it. */
function strays(picture: FlowPicture, heard: readonly Heard[]): string[] {
  const composites = new Set(picture.nodes.filter(({ shape }) => shape === 'composite').map(({ id }) => id));
  const starters = new Map(
    heard.flatMap(([runId, event]) => (event.type === 'run.created' && event.parent ? [[runId, event.parent]] : [])),
  );
  // Each run is heard in order, but one not in that of another: so what is shared counts from the beginning. It counts
  // by name: a copy of a flow may wait for work that the original has started, elsewhere in the picture.
  const shared = new Set(
    heard.flatMap(([runId, event]) =>
      event.type === 'node.opened' && event.parent === undefined && starters.has(runId) ? [lastPart(event.id)] : [],
    ),
  );
  // A combinator hears of a canceled child before that has ended.
  const canceled = new Set(
    heard.flatMap(([runId, event]) => (event.type === 'node.canceled' ? [`${runId} ${event.path}`] : [])),
  );
  const inside = new Map<string, Inside>();
  const parents = new Map<string, string>();
  const insideOf = (key: string): Inside => {
    const known = inside.get(key) ?? new Inside();
    inside.set(key, known);
    return known;
  };
  const found: string[] = [];
  const check = (runId: string, path: string, to: string): void => {
    const parent = staticIdOf(path);
    if (!composites.has(parent)) return;
    if (!insideOf(`${runId} ${path}`).leads(picture, parent, to, shared)) found.push(`${to} in ${path}`);
  };
  const atTheEnd: (() => void)[] = [];
  for (const [runId, event] of heard) {
    switch (event.type) {
      case 'node.opened': {
        const { path, parent, id } = event;
        const starter = starters.get(runId);
        if (parent !== undefined) {
          parents.set(`${runId} ${path}`, `${runId} ${parent}`);
          check(runId, parent, id);
          if (canceled.has(`${runId} ${path}`)) insideOf(`${runId} ${parent}`).end(id);
        } else if (starter !== undefined) {
          atTheEnd.push(() => check(starter.runId, starter.path, id));
        }
        break;
      }
      case 'node.succeeded':
      case 'node.failed':
        if (event.type === 'node.succeeded' && !isList(picture, staticIdOf(event.path)))
          check(runId, event.path, staticIdOf(event.path));
        insideOf(parents.get(`${runId} ${event.path}`) ?? '').end(staticIdOf(event.path));
        break;
      case 'choice.made':
        check(runId, event.path, event.mark);
        insideOf(`${runId} ${event.path}`).decide(event.mark, event.value);
        break;
      default:
    }
  }
  for (const look of atTheEnd) look();
  return found;
}

test(
  'all that runs under a combinator is declared, and reached along a declared edge',
  { timeout: 60_000 },
  async () => {
    const seen = { runs: 0, declared: 0, unreached: 0, observed: 0, untaken: 0 };
    await fc.assert(
      fc.asyncProperty(trees(), async (tree) => {
        const [picture, heard] = await heardOf((world) => build(tree, world));
        const { reached, unreached, taken, untaken, observed, undeclared } = coverageOf(picture, ...statesOf(heard));
        expect(undeclared).toEqual([]);
        expect(strays(picture, heard)).toEqual([]);
        // Nothing is lost, and what ran is what was reached.
        expect(reached.length + unreached.length).toBe(picture.nodes.length);
        expect(taken.length + untaken.length).toBe(picture.edges.length);
        const ran = new Set(heard.flatMap(([, event]) => (event.type === 'node.opened' ? [event.id] : [])));
        const flows = reached.filter(({ shape }) => shape === 'task' || shape === 'composite').map(({ id }) => id);
        expect(new Set(flows)).toEqual(new Set(picture.nodes.map(({ id }) => id).filter((id) => ran.has(id))));
        const known = new Set([...flows, ...observed.map(({ id }) => id)]);
        expect([...ran].filter((id) => !known.has(id))).toEqual([]);
        for (const { from, to, parent, when } of taken) {
          // What was decided for need not begin: another may have begun it.
          const ends = [from, ...(when === undefined ? [to] : [])].filter((id) => id !== parent);
          expect(unreached.filter(({ id }) => ends.includes(id))).toEqual([]);
        }
        seen.runs += 1;
        seen.declared += picture.nodes.length;
        seen.unreached += unreached.length;
        seen.observed += observed.length;
        seen.untaken += untaken.length;
      }),
      { numRuns },
    );
    // The generator has some of everything, or the above says nothing.
    expect(
      Object.values(seen).every((count) => count > numRuns / 10),
      JSON.stringify(seen),
    ).toBe(true);
  },
);
