export type {
  Capabilities,
  DapRequests,
  DapEvents,
  DapThread,
  DapStackFrame,
  DapScope,
  DapVariable,
  DapBreakpoint,
  DapSource,
} from './dap.ts';
export type { GraphBody, HolonEvents, HolonRequests, RunSummary, SessionBody } from './holon.ts';
export type { AnyEvent, AnyRequest, AnyResponse, Command, EventName, Events, Message, Requests } from './message.ts';
