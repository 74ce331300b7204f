/** What a picture declares, and what runs: random flows, some of whose bodies fail, are slow, or are plain code. */
import { type AnyFlow, type FlowPicture, describe, staticIdOf } from '@holon/flow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RunEvent, createEngine, seededRandom, simulatedClock } from '../index.ts';
import { build, trees } from '../test/trees.ts';
import { coverageOf } from './coverage.ts';
import { emptyRunState, fold } from './fold.ts';

const numRuns = Number(process.env['FC_RUNS'] ?? 150);

async function eventsOf(make: (world: Parameters<typeof build>[1]) => AnyFlow): Promise<[FlowPicture, RunEvent[]]> {
  const clock = simulatedClock();
  const root = make({ clock, running: 0, most: 0 });
  const run = createEngine({ clock, random: seededRandom(1), maxConcurrency: 3 }).start(root, 1);
  const events: RunEvent[] = [];
  run.on((event) => events.push(event));
  await clock.finish(run.outcome);
  return [describe(root), events];
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

  /** Whether an edge of the picture leads to `to` from what has happened. */
  leads(picture: FlowPicture, parent: string, to: string): boolean {
    return picture.edges.some((edge) => edge.parent === parent && edge.to === to && this.#left(picture, edge));
  }

  #left(picture: FlowPicture, { parent, from, when }: FlowPicture['edges'][number]): boolean {
    if (from === parent || this.#ended.has(from)) return true;
    const shape = picture.nodes.find(({ id }) => id === from)!.shape;
    if (shape === 'task' || shape === 'composite') return false;
    if (shape !== 'choice') return this.leads(picture, parent, from);
    const values = this.#decided.get(from);
    return values !== undefined && (when === undefined || values.has(when));
  }
}

/** The first thing that happened under a combinator without an edge that leads to it. */
function firstStray(picture: FlowPicture, events: readonly RunEvent[]): string | undefined {
  const composites = new Set(picture.nodes.filter(({ shape }) => shape === 'composite').map(({ id }) => id));
  const inside = new Map<string, Inside>();
  const parents = new Map<string, string>();
  const insideOf = (path: string): Inside => {
    const known = inside.get(path) ?? new Inside();
    inside.set(path, known);
    return known;
  };
  for (const event of events) {
    switch (event.type) {
      case 'node.opened': {
        if (event.parent === undefined) break;
        parents.set(event.path, event.parent);
        const parent = staticIdOf(event.parent);
        if (composites.has(parent) && !insideOf(event.parent).leads(picture, parent, event.id)) return event.path;
        break;
      }
      case 'node.succeeded': {
        const id = staticIdOf(event.path);
        if (composites.has(id) && !insideOf(event.path).leads(picture, id, id)) return `the end of ${event.path}`;
        insideOf(parents.get(event.path) ?? '').end(id);
        break;
      }
      case 'node.failed':
        insideOf(parents.get(event.path) ?? '').end(staticIdOf(event.path));
        break;
      case 'choice.made': {
        const here = insideOf(event.path);
        const id = staticIdOf(event.path);
        if (composites.has(id) && !here.leads(picture, id, event.mark)) return `${event.mark} of ${event.path}`;
        here.decide(event.mark, event.value);
        break;
      }
      default:
    }
  }
  return undefined;
}

test(
  'all that runs under a combinator is declared, and reached along a declared edge',
  { timeout: 60_000 },
  async () => {
    const seen = { runs: 0, declared: 0, unreached: 0, observed: 0, untaken: 0 };
    await fc.assert(
      fc.asyncProperty(trees(), async (tree) => {
        const [picture, events] = await eventsOf((world) => build(tree, world));
        const state = events.reduce((folded, event) => fold(folded, event), emptyRunState());
        const { reached, unreached, taken, untaken, observed, undeclared } = coverageOf(picture, state);
        expect(undeclared).toEqual([]);
        expect(firstStray(picture, events)).toBeUndefined();
        // Nothing is lost, and what ran is what was reached.
        expect(reached.length + unreached.length).toBe(picture.nodes.length);
        expect(taken.length + untaken.length).toBe(picture.edges.length);
        const ran = new Set(events.flatMap((event) => (event.type === 'node.opened' ? [event.id] : [])));
        const flows = reached.filter(({ shape }) => shape === 'task' || shape === 'composite').map(({ id }) => id);
        expect(new Set(flows)).toEqual(new Set(picture.nodes.map(({ id }) => id).filter((id) => ran.has(id))));
        const known = new Set([...flows, ...observed.map(({ id }) => id)]);
        expect([...ran].filter((id) => !known.has(id))).toEqual([]);
        for (const { from, to, parent } of taken) {
          const ends = [from, to].filter((id) => id !== parent);
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
