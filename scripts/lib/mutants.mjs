// Mistakes that are planted in the sources, one at a time, to see whether the properties of random flows find them.
// `npm run mutants` tries all; `scripts/mutants.test.mjs` sees to it that each still fits its place.

/**
 * `find` stands exactly once in `file`; with `put` instead of it, one of `properties` has to fail.
 *
 * @type {readonly { name: string, file: string, find: string, put: string }[]}
 */
export const mutants = [
  {
    name: 'an item of a fan-out is dropped',
    file: 'packages/flow/src/combinators/gather.ts',
    find: 'while (next < count && open < concurrency && !failed) {',
    put: 'while (next < (count === 3 ? 2 : count) && open < concurrency && !failed) {',
  },
  {
    name: 'two results of a fan-out are swapped',
    file: 'packages/flow/src/combinators/gather.ts',
    find: 'results[index] = value;',
    put: 'results[count - 1 - index] = value;',
  },
  {
    name: 'a chain leaves out its last step once one has given a promise',
    file: 'packages/flow/src/combinators/iterate.ts',
    find: 'result = step(value, index++);',
    put: 'result = index > 1 ? DONE : step(value, index++);',
  },
  {
    name: 'a loop goes round once more',
    file: 'packages/flow/src/combinators/loop.ts',
    find: "const chosen = port.choose('again', capped, done);",
    put: "const chosen = port.choose('again', capped || done === 2, done);",
  },
  {
    name: 'a branch takes the other case',
    file: 'packages/flow/src/combinators/branch.ts',
    find: 'const taken = slots.get(chosen);',
    put: 'const taken = [...slots.values()].at(-1);',
  },
  {
    name: 'a graph starts a node before it has all it needs',
    file: 'packages/flow/src/combinators/graph-run.ts',
    find: 'if (missing === 0) this.#ready.push(dependent);',
    put: 'if (missing <= 1) this.#ready.push(dependent);',
  },
  {
    name: 'the engine gives a child the input of its parent',
    file: 'packages/engine/src/attempt.ts',
    find: 'return definition.run(input,',
    put: 'return definition.run(instance.caller?.instance.input ?? input,',
  },
  {
    name: 'the engine takes a failure for a value',
    file: 'packages/engine/src/attempt.ts',
    find: "this.#hear({ kind: 'error', error });",
    put: "this.#hear({ kind: 'value', value: error });",
  },
  {
    name: 'the engine makes one attempt too many',
    file: 'packages/flow/src/policies/retry.ts',
    find: 'const attempts = policy.retries + 1;',
    put: 'const attempts = policy.retries + 2;',
  },
  {
    name: 'the engine makes an attempt that nobody asked for',
    file: 'packages/flow/src/policies/retry.ts',
    find: "if (policy === undefined) return { kind: 'give-up', why: 'no-policy', reason: 'no retry was asked for' };",
    put: "if (policy === undefined) return attempt > 1 ? { kind: 'give-up', why: 'no-policy', reason: '' } : { kind: 'retry', delayMs: 0, reason: '' };",
  },
  {
    name: 'the engine does not abort the siblings of what failed',
    file: 'packages/engine/src/scope.ts',
    find: 'for (const member of this.members) flat(() => member.onCanceled(reason));',
    put: 'void reason;',
  },
  {
    name: 'a direct call does not abort the siblings of what failed',
    file: 'packages/flow/src/direct-port.ts',
    find: 'this.#controller?.abort(reason);',
    put: 'void reason;',
  },
  {
    name: 'a composite of the engine does not wait for what it has aborted',
    file: 'packages/engine/src/attempt.ts',
    find: 'if (scope.isEmpty) this.#end(outcome);',
    put: 'if (scope.isEmpty || true) this.#end(outcome);',
  },
  {
    name: 'a place is not given back',
    file: 'packages/engine/src/attempt.ts',
    find: 'this.instance.run.engine.slots.give();',
    put: 'if (this.number === 1) this.instance.run.engine.slots.give();',
  },
  {
    name: 'one more runs than there are places',
    file: 'packages/engine/src/scheduling/slots.ts',
    find: 'if (isAlone && this.#inUse < this.limit && !this.#askAll) {',
    put: 'if (isAlone && this.#inUse <= this.limit && !this.#askAll) {',
  },
  {
    name: 'a late result is taken',
    file: 'packages/engine/src/attempt.ts',
    find: 'if (this.#abortedBy !== undefined) {\n',
    put: "if (this.#abortedBy !== undefined && outcome.kind !== 'value') {\n",
  },
  {
    name: 'an event is not counted when nobody listens',
    file: 'packages/engine/src/event-log.ts',
    find: 'if (!this.#closed) this.seq += 1;',
    put: 'if (this.#closed) this.seq += 1;',
  },
  {
    name: 'a canceled run goes on as if nothing had happened',
    file: 'packages/engine/src/instance.ts',
    find: 'if (this.scope.canceled !== undefined) this.onCanceled(this.scope.canceled);',
    put: 'if (this.scope.canceled === null) return;',
  },
];

/** The test files in which one has to fail, of each with what its name has in it. */
export const properties = ['packages/flow/src/semantics.prop.test.ts', 'packages/engine/src/run.prop.test.ts'];

/** A plug-in for Vite that plants one. */
export function plant({ file, find, put }, root) {
  return {
    name: 'plant-a-mistake',
    enforce: 'pre',
    transform: (code, id) => (id === `${root}${file}` ? code.replace(find, () => put) : undefined),
  };
}
