import { DEFINITION } from './brand.ts';
import { report } from './collecting.ts';
import { type Definition, type Picture, type Recovery, type Slot, definitionOf } from './definition.ts';
import { checkedDepth, deepestOf } from './depth.ts';
import { enter } from './enter.ts';
import { HolonError, textOf } from './errors.ts';
import type { AnyFlow } from './flow.ts';
import { rememberIsolated } from './isolated.ts';
import {
  type GivenOptions,
  type NamedOptions,
  type ResolvedFlowOptions,
  mergePolicies,
  resolveFlowOptions,
  splitOptions,
} from './options.ts';
import { captureOrigin } from './origin.ts';
import { pipedDefinition } from './piped.ts';
import { ArgumentList, type Procedure } from './port.ts';
import { isAuthorsMistake } from './problems.ts';
import { type AnyFunction, functionNameOf } from './read-flow.ts';
import { recover } from './recover.ts';
import { checkOf } from './type-check.ts';

/** What every flow inherits: methods of its own would double what making one costs. */
const flowPrototype: object = Object.create(Function.prototype, {
  meta: {
    get(this: AnyFlow) {
      return this[DEFINITION].meta;
    },
  },
  with: {
    value(this: AnyFlow, options: NamedOptions) {
      try {
        return copyOf(this[DEFINITION], { options, alsoKnown: ['name'] }, `with() of ${textOf(this.name)}`);
      } catch (error) {
        return refused(error);
      }
    },
  },
  pipe: {
    value(this: AnyFlow, next: unknown) {
      try {
        return callableOf(pipedDefinition(this, slot(next)));
      } catch (error) {
        return refused(error);
      }
    },
  },
});

/** The flow of a definition: a function that enters it, with what every flow has. */
function callableOf(definition: Definition): AnyFlow {
  const callable = (...args: unknown[]): unknown => enter(callable as unknown as AnyFlow, args);
  Object.setPrototypeOf(callable, flowPrototype);
  Object.defineProperty(callable, DEFINITION, { value: definition });
  Object.defineProperty(callable, 'name', { value: definition.name ?? definition.functionName ?? definition.kind });
  Object.defineProperty(callable, 'length', { value: definition.arity });
  if (definition.isolates) rememberIsolated(definition);
  return callable as unknown as AnyFlow;
}

/** Where mistakes are collected, a flow in the place of the one that can't be made. @throws what was thrown, otherwise */
export function refused(error: unknown): AnyFlow {
  if (!isAuthorsMistake(error)) throw error;
  report(error);
  const broken = (..._given: unknown[]): never => {
    throw error;
  };
  return taskOf(broken, undefined, { options: undefined });
}

/** A place for a child. A plain function becomes a flow of its own. */
export function slot(child: unknown, options: { readonly key?: string; readonly many?: boolean } = {}): Slot {
  return { flow: toFlow(child), key: options.key, many: options.many ?? false };
}

/** The flow itself, or a flow of a plain function. @throws HolonError `invalid-flow` for anything else */
function toFlow(value: unknown): AnyFlow {
  if (definitionOf(value) !== undefined) return value as AnyFlow;
  if (typeof value === 'function')
    return taskOf(value as AnyFunction, functionNameOf(value as AnyFunction), { options: undefined });
  throw new HolonError('invalid-flow', `${textOf(value)} is neither a flow nor a function.`);
}

const NO_PICTURE: Picture = { slots: [], marks: [], edges: [] };

/** The flow of a plain function. */
export function taskOf(fn: AnyFunction, functionName: string | undefined, given: GivenOptions): AnyFlow {
  const where = whereOf(given, functionName);
  if (isClass(fn)) {
    throw new HolonError(
      'invalid-flow',
      `${where}: a class can't be called without new; make a flow of (…args) => new ${functionName ?? 'It'}(…args).`,
    );
  }
  const { name, policies, input, output, params, version, meta } = resolveFlowOptions(given, where);
  return callableOf({
    kind: 'task',
    name,
    functionName,
    picture: NO_PICTURE,
    run: (value) => {
      if (value instanceof ArgumentList) return fn(...value.values);
      // Called with nothing: a function of any number of arguments has to see none, not one.
      return value === undefined && fn.length === 0 ? fn() : fn(value);
    },
    body: fn,
    isTask: true,
    depth: 0,
    alwaysPromise: false,
    asynchronous: fn.constructor?.name === 'AsyncFunction',
    holdsKey: false,
    isolates: policies.isolation !== null,
    arity: params?.length ?? fn.length,
    handsOn: false,
    params,
    policies,
    input: checkOf('input', input, meta),
    output: checkOf('output', output, meta),
    version,
    meta,
    recovery: undefined,
    origin: captureOrigin(),
    original: undefined,
  });
}

/** What a composite is made of, but for what its author said about it. */
export interface CompositeParts {
  readonly kind: string;
  readonly functionName?: string | undefined;
  readonly picture: Picture;
  readonly run: Procedure;
  readonly alwaysPromise: boolean;
  readonly arity: number;
  readonly handsOn: boolean;
  /** @default false */
  readonly holdsKey?: boolean | undefined;
  readonly recovery?: Recovery | undefined;
}

/** The flow of a picture and a procedure. */
export function compositeOf(parts: CompositeParts, said: ResolvedFlowOptions): AnyFlow {
  const { kind, functionName, picture, run, alwaysPromise, arity, handsOn, recovery } = parts;
  const { name, policies, input, output, params, version, meta } = said;
  return callableOf({
    kind,
    name,
    functionName,
    picture,
    run,
    body: undefined,
    isTask: false,
    depth: checkedDepth(kind, deepestOf(picture)),
    alwaysPromise,
    asynchronous: alwaysPromise || picture.slots.some((place) => place.flow[DEFINITION].asynchronous),
    holdsKey: parts.holdsKey ?? false,
    isolates: policies.isolation !== null || picture.slots.some((place) => place.flow[DEFINITION].isolates),
    arity: params?.length ?? arity,
    handsOn,
    params,
    policies,
    input: checkOf('input', input, meta),
    output: checkOf('output', output, meta),
    version,
    meta,
    recovery,
    origin: captureOrigin(),
    original: undefined,
  });
}

/** A flow that answers its failures: see {@link recover}. What says how the engine runs it belongs to its body. */
export function recoveringOf(
  fn: AnyFunction,
  functionName: string | undefined,
  onError: AnyFunction,
  given: GivenOptions,
): AnyFlow {
  const [describing, policies] = splitOptions(given.options);
  const said = resolveFlowOptions({ ...given, options: describing }, whereOf(given, functionName));
  const existing = definitionOf(fn);
  const body =
    existing === undefined
      ? taskOf(fn, functionName, { options: policies })
      : policies === undefined
        ? (fn as unknown as AnyFlow)
        : copyOf(existing, { options: policies });
  const recovery = { body, onError: toFlow(onError) };
  const arity = said.params?.length ?? body[DEFINITION].arity;
  const parts = { kind: 'recover', functionName, alwaysPromise: false, arity, handsOn: true, recovery };
  return compositeOf({ ...parts, ...recover(recovery, arity) }, said);
}

/** The same flow with other options; what they don't mention stays. */
export function copyOf(original: Definition, given: GivenOptions, where = whereOf(given, original.name)): AnyFlow {
  const said = resolveFlowOptions({ ...given, meta: original.meta }, where);
  const arity = said.params?.length ?? original.arity;
  return callableOf({
    ...original,
    ...(original.recovery !== undefined && recoveryWith(original.recovery, arity, given.options)),
    name: said.name ?? original.name,
    isolates: original.isolates || said.policies.isolation !== null,
    arity,
    params: said.params ?? original.params,
    policies: original.recovery === undefined ? mergePolicies(original.policies, said.policies) : original.policies,
    input: checkOf('input', said.input ?? original.input, said.meta),
    output: checkOf('output', said.output ?? original.output, said.meta),
    version: said.version ?? original.version,
    meta: said.meta,
    origin: captureOrigin(),
    original,
  });
}

/** The same body and `onError`, the body with the policies in `options`. */
function recoveryWith(before: Recovery, arity: number, options: NamedOptions | undefined) {
  const [, policies] = splitOptions(options);
  const recovery = policies === undefined ? before : { ...before, body: before.body.with(policies) };
  return { ...recover(recovery, arity), recovery };
}

function whereOf({ name, options }: GivenOptions, functionName: string | undefined): string {
  return `flow ${textOf(name ?? options?.name ?? functionName ?? 'anonymous')}`;
}

/** Whether it can't be called without `new`. Only constructors have a `prototype` that can't be replaced. */
function isClass(fn: AnyFunction): boolean {
  if (Object.getOwnPropertyDescriptor(fn, 'prototype')?.writable !== false) return false;
  return /^class\b/u.test(Function.prototype.toString.call(fn));
}
