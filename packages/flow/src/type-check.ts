import { ERROR_BRAND } from './brand.ts';
import { HolonError, type HolonErrorCode, textOf } from './errors.ts';
import type { FlowMeta, TypePredicate } from './meta.ts';
import { isPromiseLike } from './port.ts';
import type { StandardResult, StandardSchema } from './schema.ts';

/** A predicate of {@link FlowMeta.types} in the place of a schema; asked after the schema, where there is one too. */
class TypeCheck implements StandardSchema {
  readonly '~standard': StandardSchema['~standard'];
  readonly predicate: TypePredicate;
  /** The schema before it. */
  readonly schema: StandardSchema | undefined;

  constructor(predicate: TypePredicate, schema: StandardSchema | undefined) {
    this.predicate = predicate;
    this.schema = schema;
    this['~standard'] = {
      // Whatever else the schema tells, such as its JSON Schema, it still tells.
      ...schema?.['~standard'],
      version: 1,
      vendor: 'holon',
      validate: (value) => {
        const result = schema?.['~standard'].validate(value) ?? { value };
        if (isPromiseLike(result) || result.issues !== undefined) return result;
        return this.#accepts(result.value) ? result : new TypeRefusal(predicate, result.value);
      },
    };
  }

  #accepts(value: unknown): boolean {
    const answer: unknown = this.predicate(value);
    if (!isPromiseLike(answer)) return Boolean(answer);
    answer.then(undefined, () => undefined);
    throw new HolonError('invalid-option', 'A predicate in types is asynchronous; only synchronous ones are taken.');
  }
}

/** What a {@link TypeCheck} gives for a value that its predicate refuses. */
export class TypeRefusal {
  readonly issues: Extract<StandardResult<never>, { issues: readonly unknown[] }>['issues'];
  readonly #predicate: TypePredicate;
  readonly #value: unknown;

  constructor(predicate: TypePredicate, value: unknown) {
    this.#predicate = predicate;
    this.#value = value;
    this.issues = [{ message: `not ${predicate.description ?? 'of the type that types asks for'}` }];
  }

  toError(side: 'input' | 'output', label: string): TypeError {
    const { description, name } = this.#predicate;
    const wanted = description ?? (name === '' || name === side ? undefined : name);
    const expected = wanted === undefined ? `types.${side} refuses it` : `expected ${wanted}`;
    return new TypeMismatch(
      side === 'input' ? 'invalid-input' : 'invalid-output',
      `Invalid ${side} type for "${label}": ${expected}. Given: ${textOf(this.#value)}`,
    );
  }
}

/** A `TypeError`, since that is what authors of predicates look for, and as good as a {@link HolonError} to everybody else. */
class TypeMismatch extends TypeError {
  readonly code: HolonErrorCode;

  constructor(code: HolonErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  get [ERROR_BRAND](): true {
    return true;
  }
}

/** The check of one side of a flow: its schema, and the predicate of its meta. */
export function checkOf(
  side: 'input' | 'output',
  schema: StandardSchema | undefined,
  meta: FlowMeta,
): StandardSchema | undefined {
  const predicate: unknown = (meta.types as FlowMeta['types'] | null)?.[side];
  const bare = schema instanceof TypeCheck ? schema.schema : schema;
  return typeof predicate === 'function' ? new TypeCheck(predicate as TypePredicate, bare) : bare;
}
