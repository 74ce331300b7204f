import type { StandardSchema } from '../schema.ts';

/** A JSON Schema as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What else schemas offer: Standard JSON Schema (https://standardschema.dev/json-schema), or a method as zod's. */
interface SchemaWithJson {
  readonly '~standard': {
    readonly jsonSchema?: { readonly [S in Side]?: (options: object) => unknown };
  };
  readonly toJSONSchema?: (options: object) => unknown;
}

type Side = 'input' | 'output';

const TARGET = 'draft-2020-12';
/** zod's word for: what JSON can't say, such as a date, is any value, instead of an error. Others ignore it. */
const LENIENT = { unrepresentable: 'any' };

/** By schema and side: making one costs much more than a node of a picture does, and flows share schemas. */
const made: Record<Side, WeakMap<StandardSchema, { readonly json: JsonSchema | undefined }>> = {
  input: new WeakMap(),
  output: new WeakMap(),
};

/**
 * What a schema takes (`input`) or gives (`output`) as a JSON Schema (draft 2020-12), where it can say so.
 * Never throws.
 */
export function jsonSchemaOf(schema: StandardSchema | undefined, side: Side): JsonSchema | undefined {
  if (schema === undefined) return undefined;
  let known = made[side].get(schema);
  if (known === undefined) {
    known = { json: ask(schema as SchemaWithJson, side) };
    made[side].set(schema, known);
  }
  return known.json;
}

function ask(schema: SchemaWithJson, side: Side): JsonSchema | undefined {
  const standard = schema['~standard'].jsonSchema;
  return (
    plain(() => standard?.[side]?.({ target: TARGET, libraryOptions: LENIENT })) ??
    // A vendor may refuse options that it doesn't know.
    plain(() => standard?.[side]?.({ target: TARGET })) ??
    plain(() => schema.toJSONSchema?.({ target: TARGET, io: side, ...LENIENT }))
  );
}

/** As JSON says it: a library's own extras, functions among them, stay behind. */
function plain(give: () => unknown): JsonSchema | undefined {
  try {
    const given: unknown = JSON.parse(JSON.stringify(give()));
    return typeof given === 'object' && given !== null ? (given as JsonSchema) : undefined;
  } catch {
    return undefined;
  }
}
