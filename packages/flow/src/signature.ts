import type { OneOf, WaitsOf } from './combinators/chained.ts';
import type { InputOf, NamedInputOf, SchemaInputOf } from './entry-input.ts';
import type { FlowOptions } from './options.ts';
import type { StandardSchema } from './schema.ts';

/** Stands for what was not given: `onError`, `params`. */
export interface NotGiven {
  readonly notGiven: never;
}

/** What one input is to a function of these parameters, whose names `params` may have given. */
export type InputBy<Args extends readonly unknown[], Names> = [Names] extends [NotGiven]
  ? InputOf<Args>
  : Names extends readonly string[]
    ? NamedInputOf<Args, Names>
    : InputOf<Args>;

/** The parameters of a flow whose one input is what a schema takes. */
export type ArgsOf<In> = undefined extends In ? [input?: In] : [input: In];

/** What a body's `Out` becomes when its failures are answered with `Handled`: a promise when the body gives one. */
export type Recovered<Out, Handled> = [Handled] extends [NotGiven]
  ? Out
  : [WaitsOf<[Out]>] extends ['always']
    ? Promise<Awaited<Out> | Awaited<Handled>>
    : OneOf<{ body: Out; onError: Handled }>;

/** `Out` where an output schema gives back `Checked`: as much a promise as before. `unknown` tells nothing. */
export type Recast<Out, Checked> = [unknown] extends [Checked]
  ? Out
  : { always: Promise<Checked>; never: Checked; sometimes: Checked | Promise<Checked> }[WaitsOf<[Out]>];

/** What stands for an output schema that no result of the body could pass: nothing fits it. */
export interface SchemaClash<Given, Taken> {
  readonly 'the body gives': Given;
  readonly 'the output schema takes only': Taken;
}

/** `unknown` where something that a body gives may be what the schema takes. */
type Fits<Given, Taken> = [Given] extends [never]
  ? unknown
  : true extends Some<Given, Taken> | Some<Taken, Given>
    ? unknown
    : SchemaClash<Given, Taken>;
/** Whether one of `A` is a `B`. */
type Some<A, B> = A extends B ? true : never;

/** Options but for the schemas, which stand in the way of each other's inference. */
type Others<In> = Omit<FlowOptions<In>, 'input' | 'output' | 'params'>;

/** An output schema for a body that gives `Out`. */
interface WithOutput<Out, Taken, Checked> {
  /** Checked after the body, in direct calls and in runs; what the schema gives back is the result. */
  readonly output?: (StandardSchema<Taken, Checked> & Fits<Awaited<NoInfer<Out>>, NoInfer<Taken>>) | undefined;
}

/** Options whose input schema says what the one parameter is: `Raw` is what it takes, `In` what it gives back. */
export interface SchemaOptions<Raw, In, Out, Taken, Checked>
  extends Others<NoInfer<In>>, WithOutput<Out, Taken, Checked> {
  /** Checked before the body, in direct calls and in runs; the body gets what the schema gives back. */
  readonly input: StandardSchema<Raw, In>;
  readonly params?: undefined;
}

/** Options of a function whose parameters say what they are. */
export interface FunctionOptions<Args extends readonly unknown[], Out, Taken, Checked, Names>
  extends Others<NoInfer<SchemaInputOf<Args>>>, WithOutput<Out, Taken, Checked> {
  /** Checked before the body, in direct calls and in runs; the body gets what the schema gives back. */
  readonly input?: StandardSchema<unknown, NoInfer<SchemaInputOf<Args>>> | undefined;
  readonly params?: Names | undefined;
}

/** The name among the options. */
export interface Named {
  /** Shown everywhere and part of every id; taken from the function when left out. */
  readonly name?: string | undefined;
}
