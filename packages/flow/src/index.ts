export {
  type Flow,
  type AnyFlow,
  type NullaryFlow,
  type UnaryFlow,
  type EntryInput,
  type FlowOf,
  type NamedFlowOf,
  type InputTo,
  type Result,
  type CombinatorSpec,
  flow,
  combinator,
} from './flow.ts';
export { slot } from './make.ts';
export { type InputOf, type NamedInputOf, type NeedsParams, type SchemaInputOf, type Widened } from './entry-input.ts';
export {
  type ArgsOf,
  type FunctionOptions,
  type InputBy,
  type Named,
  type NotGiven,
  type Recast,
  type Recovered,
  type SchemaClash,
  type SchemaOptions,
} from './signature.ts';
export { type FlowMeta, type FlowNotes, type TypePredicate } from './meta.ts';
export { type FlowOptions, type Policies } from './options.ts';
export {
  type Definition,
  type Edge,
  type End,
  type Mark,
  type Picture,
  type Recovery,
  type Slot,
  definitionOf,
  isFlow,
} from './definition.ts';
export {
  type OnError,
  type OnValue,
  type Settling,
  Deferred,
  isSettling,
  mapResult,
  promiseFor,
  whenSettled,
} from './deferred.ts';
export { type Settle, type Work, type WorkOutcome, WaitedWork } from './work.ts';
export { SharedState } from './shared-state.ts';
export { type Port, type Procedure, type WaitFor, type Choice, ArgumentList, isPromiseLike } from './port.ts';
export {
  type Context,
  type Log,
  type LogLevel,
  type AmbientCell,
  type AmbientSlot,
  ambientSlot,
  context,
  inertContext,
} from './ambient.ts';
export {
  type HolonErrorCode,
  type HolonErrorOptions,
  type WireError,
  HolonError,
  isHolonError,
  placeError,
  toWireError,
  assertNever,
} from './errors.ts';
export { textOf } from './text-of.ts';
export { type Duration, durationText, parseDuration } from './duration.ts';
export {
  type Backoff,
  type GaveUp,
  type RetryOptions,
  type RetryPolicy,
  type RetryDecision,
  type FailedAttempt,
  decideRetry,
  resolveRetryOptions,
} from './policies/retry.ts';
export {
  type ConcurrencyKeyOptions,
  type ConcurrencyLimit,
  type FlowLimit,
  type KeyOf,
  type RateLimit,
  type RateOptions,
  type SchedulingOptions,
  type SchedulingPolicy,
  keyFor,
  parseLimit,
  resolveRateOptions,
} from './policies/scheduling.ts';
export { type Priority, type PriorityLevel, parsePriority, priorityText } from './policies/priority.ts';
export {
  type BreakerDecision,
  type BreakerPolicy,
  type BreakerState,
  type CallResult,
  type CallSlice,
  type CircuitBreakerOptions,
  type ClosedBreaker,
  type FailureRateOptions,
  type HalfOpenBreaker,
  type OpenBreaker,
  decideBreaker,
  settleBreaker,
} from './policies/circuit-breaker.ts';
export { type RateDecision, type RateFacts, decideRate } from './policies/rate.ts';
export {
  type SchemaIssue,
  type StandardSchema,
  type StandardIssue,
  type StandardResult,
  applySchema,
} from './schema.ts';
export { type SourcePosition, type Origin } from './origin.ts';
export { nearest, suggestion } from './suggest.ts';
export {
  type FlowPicture,
  type PictureNode,
  type PictureEdge,
  describe,
  pictureNode,
  markId,
} from './picture/describe.ts';
export { type JsonSchema } from './picture/json-schema.ts';
export { type Plain, type PolicyData } from './picture/policy-data.ts';
export { checkMark } from './picture/check-picture.ts';
export { OutlineNode, outlineOf, staticIdOf } from './picture/outline.ts';
export { checkKnown } from './check-known.ts';
export {
  type Isolation,
  type IsolationOptions,
  type IsolationPolicy,
  type ThreadIsolation,
} from './policies/isolation.ts';
export { type IsolatedPlace, isolatedAt, isolatedName, isolatedPlace, isolatedPlaces } from './isolated.ts';
export { transfer, transfersOf } from './transfer.ts';
export { type RemoteBody, openRemoteBody } from './direct-port.ts';
export { type Size, parseSize, sizeText } from './size.ts';
export { gather } from './combinators/gather.ts';
export { type Maybe, maybe } from './combinators/maybe.ts';
export { type Pipe, type PipeOf } from './combinators/pipe-type.ts';
export { type MapOptions, map } from './combinators/map.ts';
export { type BranchInput, type BranchResults, type Branches, parallel } from './combinators/parallel.ts';
export { type BranchResult, race } from './combinators/race.ts';
export { type CaseResult, type Cases, type NoSuchCase, branch } from './combinators/branch.ts';
export { type LoopOptions, loop } from './combinators/loop.ts';
export { type MatchCase, type MatchResult, match } from './combinators/match.ts';
export { type Pattern } from './combinators/pattern.ts';
export { type Fallible, result } from './combinators/result.ts';
export { type PartFlows, type SplitResults, split } from './combinators/split.ts';
export { compose } from './combinators/compose.ts';
export { constant } from './combinators/constant.ts';
export { fallback } from './combinators/fallback.ts';
export { filter } from './combinators/filter.ts';
export { identity } from './combinators/identity.ts';
export { merge } from './combinators/merge.ts';
export { pipe } from './combinators/pipe.ts';
export { reduce } from './combinators/reduce.ts';
export { repeat } from './combinators/repeat.ts';
export { retry } from './combinators/retry.ts';
export { sleep } from './combinators/sleep.ts';
export { tap } from './combinators/tap.ts';
export { timeout } from './combinators/timeout.ts';
export { validate } from './combinators/validate.ts';
export { when } from './combinators/when.ts';
export { type Graph, graph } from './combinators/graph.ts';
export { type Wire, type WireShape, type Wired, type Wires } from './combinators/wire.ts';
export { type BatchOptions, batch } from './combinators/batch.ts';
export { type CircuitChange, type CircuitOptions, circuitBreaker } from './combinators/circuit-breaker.ts';
export { type AnyFunction, type Wrapped } from './combinators/wrapped.ts';
export { debounce } from './combinators/debounce.ts';
export {
  type Collector,
  type EachFrom,
  type EachOptions,
  type Source,
  type SourceOf,
  each,
  toArray,
} from './combinators/each.ts';
export { type MemoizeKey, type MemoizeOptions, type Memoized, memoize } from './combinators/memoize.ts';
export { rateLimit } from './combinators/rate-limit.ts';
export { throttle } from './combinators/throttle.ts';
export { waitFor } from './combinators/wait-for.ts';
export { withConcurrencyKey } from './combinators/with-concurrency-key.ts';
export { withPriority } from './combinators/with-priority.ts';
export { type Chained, type OneOf } from './combinators/chained.ts';
