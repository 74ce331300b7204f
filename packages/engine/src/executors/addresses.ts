import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type AnyFlow,
  HolonError,
  type IsolatedPlace,
  type OutlineNode,
  definitionOf,
  isFlow,
  isolatedAt,
  isolatedName,
  isolatedPlace,
  isolatedPlaces,
} from '@holon/flow';

/**
 * Where a flow can be found again, by another thread, process or machine: plain text. One or more places, apart by
 * spaces, to be tried in order.
 *
 * - `file:///app/shop.ts#:12:pay`: the one isolated flow of that name made on line 12.
 * - `file:///app/shop.ts#checkout/pay`: below what that module exports as `checkout`, by the static id.
 */
export type Address = string & { readonly ['holon.address']: true };

/** One place of an {@link Address}. */
export type Place =
  | { readonly kind: 'line'; readonly module: string; readonly line: number; readonly name: string }
  | { readonly kind: 'export'; readonly module: string; readonly name: string; readonly below: readonly string[] };

export function parseAddress(address: Address): readonly Place[] {
  return address.split(' ').map(parsePlace);
}

function parsePlace(text: string): Place {
  const [module, rest] = text.split('#') as [string, string];
  if (rest.startsWith(':')) {
    const [, line, name] = rest.split(':') as [string, string, string];
    return { kind: 'line', module, line: Number(line), name: decodeURIComponent(name) };
  }
  const [name, ...below] = rest.split('/') as [string, ...string[]];
  return { kind: 'export', module, name: decodeURIComponent(name), below: below.map(decodeURIComponent) };
}

export function formatAddress(places: readonly Place[]): Address {
  return places.map(formatPlace).join(' ') as Address;
}

function formatPlace(place: Place): string {
  const name = encodeURIComponent(place.name);
  const rest =
    place.kind === 'line' ? `:${place.line}:${name}` : [name, ...place.below.map(encodeURIComponent)].join('/');
  return `${place.module}#${rest}`;
}

/** A place for people. */
export function placeText(place: Place): string {
  const file = fileURLToPath(place.module);
  return place.kind === 'line'
    ? `"${place.name}" (${file}:${place.line})`
    : `"${[place.name, ...place.below].join('/')}" (${file})`;
}

/** Exports of a module by their names; what is no flow among them is passed over. */
export type ExportedFlows = Readonly<Record<string, unknown>>;

/**
 * Gives isolated flows their addresses. By the line where one was made, where it is the only one of its name: that
 * takes its own module and no other. Else from an exported flow that it is part of, if the engine was told of one.
 */
export class Addresses {
  readonly #exported = new Map<AnyFlow, { readonly module: string; readonly name: string }>();
  readonly #known = new WeakMap<OutlineNode, Address>();

  constructor(flows: ExportedFlows) {
    for (const [name, value] of Object.entries(flows)) {
      const at = isFlow(value) ? isolatedPlace(definitionOf(value)!) : undefined;
      if (at !== undefined) this.#exported.set(value as AnyFlow, { module: moduleUrl(at.file), name });
    }
  }

  /** @throws HolonError `not-isolatable` when another thread could not tell which it is */
  of(node: OutlineNode): Address {
    let address = this.#known.get(node);
    if (address === undefined) {
      address = formatAddress(this.#placesOf(node));
      this.#known.set(node, address);
    }
    return address;
  }

  #placesOf(node: OutlineNode): readonly Place[] {
    const made = isolatedPlaces(node.definition.body);
    const known = made.filter((place) => isolatedAt(place) !== 'several').map(linePlace);
    const exported = this.#exportedAbove(node);
    const places: Place[] = exported === undefined ? known : [...known, exported];
    if (places.length > 0) return places;
    const [first] = made;
    if (first === undefined)
      throw notIsolatable(
        `"${isolatedName(node.definition)}" can't run isolated: it is not known in which file it was made.`,
      );
    throw notIsolatable(
      `${placeText(linePlace(first))} can't run isolated: more than one isolated flow of that name is made on that line, so a worker can't tell which is meant. ${MAKE_IT} Or export it, or what it is part of, and tell the engine: createEngine({ flows: { … } }), by the names of the exports.`,
    );
  }

  /** From the nearest flow above it, or itself, that is known to be exported. What plain code called is a tree of its own. */
  #exportedAbove(node: OutlineNode): Place | undefined {
    const below: string[] = [];
    for (let at: OutlineNode | undefined = node; at !== undefined; at = at.observed ? undefined : at.parent) {
      const root = this.#exported.get(at.flow);
      if (root !== undefined) return { kind: 'export', ...root, below };
      below.unshift(at.segment);
    }
    return undefined;
  }
}

/** What to do about a flow that a worker can't find. */
export const MAKE_IT =
  "Make it at the top level of a module, on a line of its own: with flow(…), or with .with({ isolation: 'thread' }) where a helper makes the flow.";

export function notIsolatable(message: string): HolonError {
  return new HolonError('not-isolatable', message);
}

function linePlace({ file, line, name }: IsolatedPlace): Place {
  return { kind: 'line', module: moduleUrl(file), line, name };
}

function moduleUrl(file: string): string {
  return pathToFileURL(file).href;
}
