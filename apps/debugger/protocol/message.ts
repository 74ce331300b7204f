import type { DapEvents, DapRequests } from './dap.ts';
import type { HolonEvents, HolonRequests } from './holon.ts';

/** Every request: its arguments and the body of its reply. */
export interface Requests extends DapRequests, HolonRequests {}
/** Every event: its body. */
export interface Events extends DapEvents, HolonEvents {}

export type Command = keyof Requests;
export type EventName = keyof Events;

/**
 * One WebSocket text frame is one of these, as JSON. `seq` counts from 1 on each side of a
 * connection. Every request gets exactly one reply, in any order.
 * (Debug Adapter Protocol, "Base protocol"; the Content-Length header is the WebSocket's frame here.)
 */
export type Message = AnyRequest | AnyResponse | AnyEvent;

export type AnyRequest = {
  [C in Command]: {
    readonly seq: number;
    readonly type: 'request';
    readonly command: C;
    readonly arguments: Requests[C]['arguments'];
  };
}[Command];

export type AnyResponse = { readonly seq: number; readonly type: 'response'; readonly request_seq: number } & (
  | { [C in Command]: { readonly success: true; readonly command: C; readonly body: Requests[C]['body'] } }[Command]
  /** `message` is a short code; `body.error.format` is the text for people. `command` is what the request said, if it could be read. */
  | {
      readonly success: false;
      readonly command: string;
      readonly message: string;
      readonly body: { readonly error: { readonly id: number; readonly format: string } };
    }
);

export type AnyEvent = {
  [E in EventName]: { readonly seq: number; readonly type: 'event'; readonly event: E; readonly body: Events[E] };
}[EventName];
