/**
 * The part of the Debug Adapter Protocol (https://microsoft.github.io/debug-adapter-protocol) that
 * is spoken here, with its names. A thread is a concurrently running branch of a run; a stack frame
 * is an instance, innermost first; the scopes of a frame are Input, Output and State.
 */
export interface DapRequests {
  initialize: {
    arguments: {
      readonly adapterID: string;
      readonly clientID?: string | undefined;
      readonly clientName?: string | undefined;
    };
    body: Capabilities;
  };
  /** Joins the session of the flow that the server was started with. The `initialized` event follows. */
  attach: { arguments: Readonly<Record<string, never>>; body: undefined };
  /** The client has set its breakpoints. A run that was started paused and waits for a first client may now go on by command. */
  configurationDone: { arguments: Readonly<Record<string, never>>; body: undefined };
  /** Replaces the breakpoints of one source file: at the lines where flows were written. */
  setBreakpoints: {
    arguments: { readonly source: DapSource; readonly breakpoints: readonly { readonly line: number }[] };
    body: { readonly breakpoints: readonly DapBreakpoint[] };
  };
  threads: { arguments: undefined; body: { readonly threads: readonly DapThread[] } };
  stackTrace: {
    arguments: { readonly threadId: number };
    body: { readonly stackFrames: readonly DapStackFrame[]; readonly totalFrames: number };
  };
  scopes: { arguments: { readonly frameId: number }; body: { readonly scopes: readonly DapScope[] } };
  variables: {
    arguments: { readonly variablesReference: number };
    body: { readonly variables: readonly DapVariable[] };
  };
  /** The whole run goes on, not this thread alone. */
  continue: { arguments: { readonly threadId: number }; body: { readonly allThreadsContinued: true } };
  pause: { arguments: { readonly threadId: number }; body: undefined };
  next: { arguments: { readonly threadId: number }; body: undefined };
  stepIn: { arguments: { readonly threadId: number }; body: undefined };
  stepOut: { arguments: { readonly threadId: number }; body: undefined };
  disconnect: { arguments: Readonly<Record<string, never>>; body: undefined };
}

export interface DapEvents {
  initialized: undefined;
  /** A thread stopped by itself; everything else of its run is held at its next node. */
  stopped: {
    readonly reason: 'breakpoint' | 'step' | 'entry' | 'pause';
    /** In words for people. */
    readonly description: string;
    readonly threadId: number;
    readonly allThreadsStopped: true;
    readonly holon: { readonly runId: string; readonly path: string };
  };
  continued: {
    readonly threadId: number;
    readonly allThreadsContinued: boolean;
    readonly holon: { readonly runId: string };
  };
  thread: { readonly reason: 'started' | 'exited'; readonly threadId: number };
  /** Log lines of bodies; of the run that the client follows by `holon/subscribe` they come among its events alone. */
  output: {
    readonly category: 'console' | 'stderr';
    readonly output: string;
    readonly holon: { readonly runId: string; readonly path: string };
  };
  terminated: undefined;
}

/** Absent means unsupported. */
export interface Capabilities {
  readonly supportsConfigurationDoneRequest: true;
  readonly holon: {
    readonly version: 1;
    /** Product and version of the server, for people. */
    readonly server: string;
  };
}

export interface DapSource {
  readonly name?: string | undefined;
  readonly path: string;
}

export interface DapBreakpoint {
  readonly verified: boolean;
  readonly message?: string | undefined;
  readonly line?: number | undefined;
}

export interface DapThread {
  readonly id: number;
  readonly name: string;
}

export interface DapStackFrame {
  readonly id: number;
  readonly name: string;
  readonly source?: DapSource | undefined;
  readonly line: number;
  readonly column: number;
}

export interface DapScope {
  readonly name: 'Input' | 'Output' | 'State';
  readonly variablesReference: number;
  readonly expensive: boolean;
}

export interface DapVariable {
  readonly name: string;
  readonly value: string;
  readonly type?: string | undefined;
  /** 0 when there is nothing further inside. */
  readonly variablesReference: number;
}
