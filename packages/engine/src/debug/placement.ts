import { HolonError, type OutlineNode, type PictureNode, suggestion, textOf } from '@holon/flow';
import type { Breakpoint, Phase, PlacedBreakpoint } from '../events/index.ts';

/** Nodes a breakpoint can be asked for: declared ones, and those found while plain code ran. */
export interface Places {
  readonly declared: readonly PictureNode[];
  readonly observed: ReadonlyMap<string, OutlineNode>;
  /** Whether there is an `async` body: one that may call flows that no picture declares. */
  readonly mayCallOthers: () => boolean;
}

interface Place {
  readonly id: string;
  readonly label: string;
  /** A mark in the picture doesn't. */
  readonly runs: boolean;
  /** Whether plain code calls it, or something around it, synchronously. */
  readonly inline: 'itself' | 'around' | undefined;
}

function inlineOf(node: OutlineNode): Place['inline'] {
  for (let place: OutlineNode | undefined = node; place !== undefined; place = place.parent) {
    if (place.observed && !place.definition.asynchronous) return place === node ? 'itself' : 'around';
  }
  return undefined;
}

const PHASES: readonly string[] = ['entry', 'exit'] satisfies Phase[];

/** @throws HolonError `invalid-option` for anything but a phase */
function checkPhase(phase: unknown): void {
  if (PHASES.includes(phase as string)) return;
  throw new HolonError(
    'invalid-option',
    `breakpoint: phase: ${textOf(phase)} is not known.${suggestion(String(phase), PHASES)}`,
  );
}

/**
 * Finds where a breakpoint stands: by static id, else by a label or last part of an id that only one node has.
 *
 * @throws HolonError `invalid-option` when its phase is none
 */
export function placeBreakpoint(asked: Breakpoint, places: Places): PlacedBreakpoint {
  const phase = asked.phase ?? 'entry';
  checkPhase(phase);
  const nodes: readonly Place[] = [
    ...places.declared.map(({ id, label, shape }) => ({
      id,
      label,
      runs: shape === 'task' || shape === 'composite',
      inline: undefined,
    })),
    ...[...places.observed.values()].map((node) => ({
      id: node.id,
      label: node.label,
      runs: true,
      inline: inlineOf(node),
    })),
  ];
  const exact = nodes.filter((node) => node.id === asked.node);
  const found =
    exact.length > 0 ? exact : nodes.filter((node) => node.label === asked.node || node.id.endsWith(`/${asked.node}`));
  const [node, ...others] = found;
  const refused = (message: string): PlacedBreakpoint => ({
    node: node?.id ?? asked.node,
    phase,
    verified: false,
    message,
  });
  if (node === undefined) {
    const labels = [...new Set(nodes.filter(({ runs }) => runs).map(({ label }) => label))];
    const later = places.mayCallOthers() ? ' so far; it will stop there if plain code calls one' : '';
    return refused(`No node is called "${asked.node}"${later}.${suggestion(asked.node, labels)}`);
  }
  if (others.length > 0) {
    return {
      ...refused(
        `Several nodes are called "${asked.node}": ${found.map(({ id }) => id).join(', ')}. Say which by its id.`,
      ),
      node: asked.node,
    };
  }
  if (!node.runs) return refused('Nothing runs here: it is a mark in the picture. Set it on a node beside it.');
  if (node.inline === 'itself' && phase === 'entry')
    return refused('Plain code calls it synchronously, so it can be seen but not paused. Make it async to stop at it.');
  return { node: node.id, phase, verified: true, message: node.inline && INLINE_NOTES[node.inline] };
}

/** Stops there are, but not every time. */
const INLINE_NOTES: Readonly<Record<NonNullable<Place['inline']>, string>> = {
  itself: 'Plain code calls it synchronously: it stops here only if it gives a promise.',
  around:
    'Plain code calls what is around it synchronously: it stops here only once something in there has given a promise.',
};
