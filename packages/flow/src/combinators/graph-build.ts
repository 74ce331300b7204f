import { DEFINITION } from '../brand.ts';
import { collecting } from '../collecting.ts';
import { type Slot, isFlow } from '../definition.ts';
import { HolonError, type HolonErrorCode, textOf } from '../errors.ts';
import type { AnyFlow } from '../flow.ts';
import { slot } from '../make.ts';
import { type SourcePosition, captureOrigin } from '../origin.ts';
import { isPromiseLike } from '../port.ts';
import { indented, isAuthorsMistake } from '../problems.ts';
import { argumentRange } from './argument-range.ts';
import type { GraphNode } from './graph-run.ts';
import { CYCLE, type Source, Wire, shapeOf, wiresIn } from './wire.ts';

/** What a build came to: the nodes in the order in which they were added, and what the graph gives. */
export interface BuiltGraph {
  readonly nodes: readonly GraphNode[];
  readonly result: Source;
}

interface Mistake {
  readonly text: string;
  readonly code: HolonErrorCode;
  readonly at: SourcePosition | undefined;
}

/**
 * A graph while its author's function adds nodes to it. Whatever is wrong is kept, with its line, and said when the
 * function has ended.
 *
 * A graph has no cycles: a node can only be fed by wires that exist, and those come from nodes added before it.
 */
export class GraphBuild {
  readonly input: Wire<never>;
  readonly #where: string;
  readonly #owner: symbol;
  readonly #nodes: GraphNode[] = [];
  readonly #mistakes: Mistake[] = [];
  #built = false;

  constructor(name: string) {
    this.#where = `graph ${textOf(name)}`;
    this.#owner = Symbol(name);
    this.input = new Wire(this.#owner, -1, []);
  }

  add(node: unknown, inputs: readonly unknown[]): Wire<never> {
    if (this.#built) {
      throw new HolonError(
        'invalid-graph',
        `${this.#where}: g.add was called when the graph was built already. Nodes are added before the build function returns.`,
      );
    }
    const place = this.#slotOf(node);
    const label = () => this.#labelOf(place.flow);
    const sources = inputs.map((shape, i) => this.#sourceOf(shape, () => `Parameter ${i + 1} of ${label()}`));
    this.#checkCount(place.flow, label, inputs.length);
    const needs = new Set(sources.flatMap(wiresIn).map((wire) => wire.node));
    this.#nodes.push({ slot: place, sources, needs: [...needs].filter((index) => index >= 0) });
    return new Wire(this.#owner, this.#nodes.length - 1, []);
  }

  /**
   * Runs the author's function.
   *
   * @param check what else may be wrong with the graph; throws it
   * @throws HolonError with everything that is wrong: of the code that all have, else `invalid-graph`
   */
  run(build: () => unknown, check: () => void): BuiltGraph {
    const origin = captureOrigin();
    this.#attempt(check);
    const returned = this.#attempt(() => collecting(build, (mistake) => this.#keep(mistake.message, mistake.code)));
    this.#built = true;
    const result = returned === undefined ? NOTHING : this.#resultOf(returned.value);
    this.#checkNames();
    this.#throwIfAny(origin());
    return { nodes: this.#nodes, result };
  }

  #keep(text: string, code: HolonErrorCode = 'invalid-graph'): void {
    this.#mistakes.push({ text, code, at: captureOrigin()() });
  }

  #attempt<T>(body: () => T): { readonly value: T } | undefined {
    try {
      return { value: body() };
    } catch (error) {
      if (isAuthorsMistake(error)) this.#keep(error.message, error.code);
      else if (error instanceof ReferenceError && TOO_EARLY.test(error.message))
        this.#keep(`A wire was used before it was made (${error.message}). ${NO_CYCLES}`);
      else if (this.#mistakes.length > 0) this.#keep(`Its build function threw ${textOf(error)}.`);
      else throw error;
      return undefined;
    }
  }

  #slotOf(node: unknown): Slot {
    try {
      return slot(node);
    } catch (error) {
      if (!isAuthorsMistake(error)) throw error;
      this.#keep(`Node ${this.#nodes.length + 1}: ${error.message}`, error.code);
      return slot((..._given: unknown[]) => undefined);
    }
  }

  #labelOf(flow: AnyFlow): string {
    const { name, functionName } = flow[DEFINITION];
    return name === undefined && functionName === undefined ? `node ${this.#nodes.length + 1}` : `node "${flow.name}"`;
  }

  #checkCount(flow: AnyFlow, label: () => string, count: number): void {
    // Nearly always; whether more may be given has to be read from the source.
    if (count === flow[DEFINITION].arity) return;
    const { least, most } = argumentRange(flow[DEFINITION]);
    if (count >= least && count <= most) return;
    const takes = least === most ? `${least}` : count < least ? `at least ${least}` : `at most ${most}`;
    const hint =
      count > most
        ? 'Several values for one parameter are a record or a list of wires.'
        : 'Give one for each parameter. One marked with a question mark (b?) counts: give it a default, or set params.';
    this.#keep(`${capital(label())} takes ${counted(takes, 'wire')} and was given ${count}. ${hint}`);
  }

  #sourceOf(shape: unknown, what: () => string): Source {
    const source = shapeOf(shape, ({ path, value }) => {
      const place = path.length === 0 ? '' : `, at ${path.join('.')},`;
      this.#keep(`${what()}${place} ${problemWith(value)}`);
    });
    for (const wire of wiresIn(source)) {
      if (wire.owner !== this.#owner)
        this.#keep(`${what()} is a wire of another graph ("${wire.owner.description ?? ''}").`);
    }
    return source;
  }

  #resultOf(returned: unknown): Source {
    const before = this.#mistakes.length;
    const isPromise = isPromiseLike(returned);
    if (isPromise) {
      returned.then(undefined, () => undefined);
      this.#keep('Its build function gave a promise: it has to add all nodes, and return, at once.');
    }
    const result = isPromise || returned === undefined ? NOTHING : this.#sourceOf(returned, () => 'The result');
    if (wiresIn(result).length === 0 && this.#mistakes.length === before)
      this.#keep('It has no result: return a wire (what g.add gives), or a record or list of wires.');
    return result;
  }

  /** Of explicit names. Function names may stand more than once: they are told apart by position. */
  #checkNames(): void {
    const seen = new Set<string>();
    const twice = new Set<string>();
    for (const { slot: place } of this.#nodes) {
      const { name } = place.flow[DEFINITION];
      if (name === undefined) continue;
      if (seen.has(name)) twice.add(name);
      seen.add(name);
    }
    for (const name of twice) {
      const hint = `Give one another name: .with({ name: "…" }).`;
      this.#keep(`Two nodes are named "${name}". ${hint}`, 'duplicate-name');
    }
  }

  #throwIfAny(at: SourcePosition | undefined): void {
    if (this.#mistakes.length === 0) return;
    const codes = new Set(this.#mistakes.map(({ code }) => code));
    const [only] = codes;
    const texts = this.#mistakes.map(({ text }) => text);
    const lines = this.#mistakes.map((mistake) => mistake.text + placeText(mistake.at, at));
    const where = at === undefined ? '' : ` (${at.file}:${at.line})`;
    throw new HolonError(
      codes.size === 1 ? only! : 'invalid-graph',
      `${this.#where} can't be built${where}:\n${indented(lines)}`,
      { details: { problems: texts, ...(at !== undefined && { file: at.file, line: at.line }) } },
    );
  }
}

const NOTHING: Source = { kind: 'list', items: [] };
const NO_CYCLES = 'A graph has no cycles: a node is fed by nodes added before it; to go round again, use loop().';
/** What engines say of a `const` that has no value yet. */
const TOO_EARLY = /before initialization|uninitialized variable/u;

function problemWith(value: unknown): string {
  if (value === CYCLE) return 'contains itself.';
  if (value === undefined) return `is undefined, no wire. ${NO_CYCLES}`;
  if (isFlow(value)) return `is the flow "${value.name}", no wire: add it with g.add, and use what that gives.`;
  return `is ${textOf(value)}, no wire: use what g.input and g.add give; constants belong into the flow itself.`;
}

/** ` (line 12)`, or with its file, as far as the place of the graph does not say so. */
function placeText(at: SourcePosition | undefined, graph: SourcePosition | undefined): string {
  if (at === undefined || (at.file === graph?.file && at.line === graph.line)) return '';
  return at.file === graph?.file ? ` (line ${at.line})` : ` (${at.file}:${at.line})`;
}

function counted(count: string, noun: string): string {
  return /\b1$/u.test(count) ? `${count} ${noun}` : `${count} ${noun}s`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
