import { DEFINITION } from './brand.ts';
import { chainPicture, chainProcedure } from './combinators/chain.ts';
import type { Definition, Picture, Slot } from './definition.ts';
import { checkedDepth } from './depth.ts';
import type { AnyFlow } from './flow.ts';
import { NO_META } from './meta.ts';
import { NO_POLICIES } from './options.ts';
import { captureOrigin } from './origin.ts';
import type { Procedure } from './port.ts';

/** A step of a chain made by `.pipe`, with those before it. */
interface Link {
  readonly before: Link | undefined;
  readonly slot: Slot;
}

/** Of what `.pipe` gave, as long as nothing else was said about it: `a.pipe(b).pipe(c)` is one pipe of three. */
const links = new WeakMap<Definition, Link>();

/**
 * One flow after another, as `pipe(first, next)` has them. The list of the steps is made when it is first asked for,
 * since a long chain is built step by step: listed at each, building it would take time by the square of its length.
 */
export function pipedDefinition(first: AnyFlow, next: Slot): Definition {
  const before = first[DEFINITION];
  const known = links.get(before);
  const link: Link = {
    before: known ?? { before: undefined, slot: { flow: first, key: undefined, many: false } },
    slot: next,
  };
  // A chain is as deep as its deepest step; adding one that is no deeper does not nest it.
  const deepest = Math.max(known === undefined ? before.depth : before.depth - 1, next.flow[DEFINITION].depth);
  let slots: readonly Slot[] | undefined;
  let picture: Picture | undefined;
  let run: Procedure | undefined;
  const steps = () => (slots ??= listed(link));
  const definition: Definition = {
    kind: 'pipe',
    name: undefined,
    functionName: undefined,
    get picture() {
      return (picture ??= chainPicture(steps()));
    },
    get run() {
      return (run ??= chainProcedure(steps()));
    },
    body: undefined,
    isTask: false,
    depth: checkedDepth('pipe', deepest),
    alwaysPromise: false,
    asynchronous: before.asynchronous || next.flow[DEFINITION].asynchronous,
    holdsKey: false,
    isolates: before.isolates || next.flow[DEFINITION].isolates,
    arity: before.arity,
    handsOn: true,
    params: undefined,
    policies: NO_POLICIES,
    input: undefined,
    output: undefined,
    version: undefined,
    meta: NO_META,
    recovery: undefined,
    // Where the chain begins: that is the line which says what it is bound to.
    origin: known === undefined ? captureOrigin() : before.origin,
    original: undefined,
  };
  links.set(definition, link);
  return definition;
}

function listed(last: Link): readonly Slot[] {
  const slots: Slot[] = [];
  for (let link: Link | undefined = last; link !== undefined; link = link.before) slots.push(link.slot);
  return slots.reverse();
}
