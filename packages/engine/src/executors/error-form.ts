import { HolonError, type HolonErrorCode, isHolonError, textOf } from '@holon/flow';

/**
 * Anything thrown, as data that can be copied to another thread and made an error of again: with its class where
 * that is JavaScript's own, else with its name; with message, stack, code, causes, and what can be copied of the
 * properties its author gave it.
 */
export type ErrorForm =
  | { readonly kind: 'value'; readonly value: unknown }
  | {
      readonly kind: 'error';
      readonly isHolon: boolean;
      readonly isDom: boolean;
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      /** Own enumerable properties, its code among them. */
      readonly properties: Readonly<Record<string, unknown>>;
      readonly cause: ErrorForm | undefined;
      /** Of an AggregateError. */
      readonly errors: readonly ErrorForm[] | undefined;
    };

/** A chain of causes that is longer is a mistake or a cycle. */
const MAX_DEPTH = 8;

/** Never throws, and what it gives can always be copied. */
export function encodeError(thrown: unknown, depth = 0): ErrorForm {
  try {
    return thrown instanceof Error ? formOf(thrown, depth) : { kind: 'value', value: copyOr(thrown, textOf(thrown)) };
  } catch {
    return { kind: 'value', value: 'an error was thrown that can not be read' };
  }
}

function formOf(error: Error, depth: number): ErrorForm {
  const { name, message, stack, cause } = error;
  const errors: unknown = error instanceof AggregateError ? error.errors : undefined;
  const isDom = error instanceof DOMException;
  return {
    kind: 'error',
    isHolon: isHolonError(error),
    isDom,
    name: String(name),
    message: String(message),
    stack: typeof stack === 'string' ? stack : undefined,
    properties: isDom ? {} : propertiesOf(error),
    cause: cause === undefined || depth >= MAX_DEPTH ? undefined : encodeError(cause, depth + 1),
    errors: Array.isArray(errors) && depth < MAX_DEPTH ? errors.map((each) => encodeError(each, depth + 1)) : undefined,
  };
}

/** Those that are held otherwise. */
const NAMED: readonly string[] = ['name', 'message', 'stack', 'cause', 'errors'];
const NOTHING = Symbol('nothing');

function propertiesOf(error: Error): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const key of Object.keys(error)) {
    if (NAMED.includes(key)) continue;
    const value = copyOr((error as unknown as Record<string, unknown>)[key], NOTHING);
    if (value !== NOTHING) properties[key] = value;
  }
  return properties;
}

function copyOr(value: unknown, otherwise: unknown): unknown {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'function' || typeof value === 'symbol' ? otherwise : value;
  try {
    return structuredClone(value);
  } catch {
    return otherwise;
  }
}

const OWN_CLASSES: Readonly<Record<string, new (message: string) => Error>> = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

/** What {@link encodeError} was given, made again. */
export function decodeError(form: ErrorForm): unknown {
  if (form.kind === 'value') return form.value;
  const { name, stack, properties, cause } = form;
  const error = bareError(form);
  if (stack !== undefined) define(error, 'stack', stack);
  if (error.name !== name) define(error, 'name', name);
  if (cause !== undefined) define(error, 'cause', decodeError(cause));
  return Object.assign(error, properties);
}

function bareError({ isHolon, isDom, name, message, properties, errors }: ErrorForm & { kind: 'error' }): Error {
  if (isHolon) return new HolonError(properties['code'] as HolonErrorCode, message);
  if (isDom) return new DOMException(message, name);
  if (errors !== undefined) return new AggregateError(errors.map(decodeError), message);
  return Object.hasOwn(OWN_CLASSES, name) ? new OWN_CLASSES[name]!(message) : new Error(message);
}

function define(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: false });
}
