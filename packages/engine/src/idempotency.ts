import { isDeepStrictEqual } from 'node:util';
import { HolonError, type OutlineNode, textOf } from '@holon/flow';
import type { StartSettings } from './options.ts';
import type { RunCore } from './run-core.ts';
import { shown } from './shown.ts';

/** Ended runs that stay known by their key; the one that ended first makes way. */
const MAX_ENDED = 1_000;

/** What a caller wants run, checked. */
export interface Call {
  readonly root: OutlineNode;
  readonly input: unknown;
  readonly settings: StartSettings;
}

interface Keyed {
  readonly run: RunCore;
  /** As it was when the run was started, where it can be copied: a body may change it in place. */
  readonly input: unknown;
}

/** The runs of an engine that were started under a key: all that have not ended, and the last {@link MAX_ENDED} that have. */
export class RunKeys {
  readonly #runs = new Map<string, Keyed>();
  /** Keys of ended runs, in the order of their ends. */
  readonly #ended = new Set<string>();

  /**
   * The run that a key stands for, if there is one.
   *
   * @param call has to be of the same flow, itself, and of an equal input: the same structure of equal values
   * @throws HolonError `idempotency-conflict` when the key stands for another call
   */
  find(key: string, { root, input }: Call, where: string): RunCore | undefined {
    const known = this.#runs.get(key);
    if (known === undefined) return undefined;
    const { run } = known;
    const differs =
      run.flow !== root.flow ? 'flow' : isDeepStrictEqual(known.input, copyOf(input)) ? undefined : 'input';
    if (differs === undefined) return run;
    const other = differs === 'flow' ? `of "${run.root.id}"` : `of "${run.root.id}" with another input`;
    throw new HolonError(
      'idempotency-conflict',
      `${where}: idempotencyKey: ${textOf(key)} stands for a run ${other}. Give a key of its own to what is not the same call. Given: ${textOf(shown(input))}`,
      { details: { idempotencyKey: key, runId: run.id, differs } },
    );
  }

  add(key: string, run: RunCore): void {
    this.#runs.set(key, { run, input: copyOf(run.input) });
    run.whenEnded(() => this.#onEnded(key));
  }

  #onEnded(key: string): void {
    this.#ended.add(key);
    if (this.#ended.size <= MAX_ENDED) return;
    const [oldest] = this.#ended;
    this.#ended.delete(oldest!);
    this.#runs.delete(oldest!);
  }
}

/** The value itself where it can't be copied: then it is compared as it has become. */
function copyOf(value: unknown): unknown {
  const plain = shown(value);
  try {
    return structuredClone(plain);
  } catch {
    return plain;
  }
}
