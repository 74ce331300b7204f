import type {
  AnyEvent,
  AnyRequest,
  AnyResponse,
  Command,
  EventName,
  Events,
  Message,
  Requests,
} from '../../protocol/index.ts';
import { beginWork } from '../state/idle.ts';

/** What the connection is doing. Times are milliseconds since 1970. */
export type ConnectionState =
  /** `since` is when the connection before was lost. */
  | { readonly kind: 'connecting'; readonly since: number | undefined }
  | { readonly kind: 'live'; readonly again: boolean }
  /** Everything on screen is as it was `since`; the next try follows by itself. */
  | { readonly kind: 'disconnected'; readonly since: number; readonly nextTryAt: number };

/** A request that was refused, or lost because the connection ended before its reply. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** Short and stable, for code. */
  readonly code: string;

  constructor(code: string, text: string) {
    super(text);
    this.code = code;
  }
}

export interface ClientListener {
  readonly onState: (state: ConnectionState) => void;
  /** The socket is open: greet, then take up what was watched. A failure ends the connection and tries again. */
  readonly onOpen: () => Promise<void>;
  readonly onEvent: <E extends EventName>(event: E, body: Events[E]) => void;
}

/** A socket whose other end has gone silent looks alive, so it is asked now and then. */
const PROBE_EVERY_MS = 3_000;
/** How long an answer to that may take. */
const PATIENCE_MS = 4_000;
/** How long opening and greeting may take before the next try. */
const CONNECT_PATIENCE_MS = 10_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;

/**
 * The one WebSocket of the app: requests are promises with exactly one end each, events go to the
 * listener in order, and a lost connection is opened again with growing pauses until `close`.
 */
export class DebugClient {
  readonly #url: string;
  readonly #listener: ClientListener;
  readonly #open = new Map<
    number,
    {
      readonly resolve: (body: never) => void;
      readonly reject: (error: RequestError) => void;
      readonly done: () => void;
    }
  >();
  #socket: WebSocket | undefined;
  #seq = 0;
  #failures = 0;
  #lostAt: number | undefined;
  #wasLive = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #probe: ReturnType<typeof setTimeout> | undefined;
  /** When something last came from the other end, in milliseconds of `performance.now`. */
  #heardAt = 0;
  #closed = false;

  constructor(url: string, listener: ClientListener) {
    this.#url = url;
    this.#listener = listener;
  }

  connect(): void {
    clearTimeout(this.#retry);
    this.#listener.onState({ kind: 'connecting', since: this.#lostAt });
    const done = beginWork();
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#probe = setTimeout(() => this.#abandon(socket), CONNECT_PATIENCE_MS);
    socket.addEventListener('open', () => {
      void this.#greet(socket).finally(done);
    });
    socket.addEventListener('message', (message) => {
      if (socket !== this.#socket) return;
      this.#heardAt = performance.now();
      this.#take(String(message.data));
    });
    socket.addEventListener('close', () => {
      done();
      if (socket === this.#socket) this.#lose();
    });
  }

  /** Asks at once; for a person who does not want to wait for the next try. */
  retryNow(): void {
    if (this.#socket === undefined && !this.#closed) this.connect();
  }

  /** @throws RequestError (as rejection) with the server's code and text, or `disconnected` */
  request<C extends Command>(command: C, args: Requests[C]['arguments']): Promise<Requests[C]['body']> {
    const socket = this.#socket;
    if (socket === undefined || socket.readyState !== WebSocket.OPEN) {
      return Promise.reject(new RequestError('disconnected', 'There is no connection to the debug server.'));
    }
    const seq = ++this.#seq;
    const request = { seq, type: 'request', command, arguments: args } as AnyRequest;
    return new Promise((resolve, reject) => {
      this.#open.set(seq, { resolve, reject, done: beginWork() });
      socket.send(JSON.stringify(request));
    });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#probe);
    this.#socket?.close();
  }

  async #greet(socket: WebSocket): Promise<void> {
    try {
      await this.#listener.onOpen();
      if (socket !== this.#socket || socket.readyState !== WebSocket.OPEN) return;
      this.#listener.onState({ kind: 'live', again: this.#wasLive });
      this.#wasLive = true;
      this.#failures = 0;
      this.#lostAt = undefined;
      this.#probeSoon(socket);
    } catch {
      socket.close();
    }
  }

  #probeSoon(socket: WebSocket): void {
    clearTimeout(this.#probe);
    this.#probe = setTimeout(() => {
      if (socket !== this.#socket) return;
      const askedAt = performance.now();
      // Not by `request`: the page is not busy while it listens for signs of life.
      this.#open.set(++this.#seq, { resolve: () => undefined, reject: () => undefined, done: () => undefined });
      socket.send(
        JSON.stringify({ seq: this.#seq, type: 'request', command: 'threads' } satisfies Partial<AnyRequest>),
      );
      this.#probe = setTimeout(() => {
        if (socket !== this.#socket) return;
        if (this.#heardAt >= askedAt) this.#probeSoon(socket);
        else this.#abandon(socket);
      }, PATIENCE_MS);
    }, PROBE_EVERY_MS);
  }

  /** Gives up a socket without waiting for the other end to agree. */
  #abandon(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#lose();
    socket.close();
  }

  #lose(): void {
    this.#socket = undefined;
    clearTimeout(this.#probe);
    for (const { reject, done } of this.#open.values()) {
      reject(new RequestError('disconnected', 'The connection ended before the reply came.'));
      done();
    }
    this.#open.clear();
    if (this.#closed) return;
    this.#lostAt ??= Date.now();
    const delay = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#listener.onState({ kind: 'disconnected', since: this.#lostAt, nextTryAt: Date.now() + delay });
    this.#retry = setTimeout(() => this.connect(), delay);
  }

  #take(text: string): void {
    const message = JSON.parse(text) as Message;
    if (message.type === 'response') this.#settle(message);
    else if (message.type === 'event') this.#announce(message);
  }

  #settle(response: AnyResponse): void {
    const asked = this.#open.get(response.request_seq);
    if (asked === undefined) return;
    this.#open.delete(response.request_seq);
    if (response.success) asked.resolve(response.body as never);
    else asked.reject(new RequestError(response.message, response.body.error.format));
    asked.done();
  }

  #announce<E extends EventName>({ event, body }: Extract<AnyEvent, { event: E }>): void {
    this.#listener.onEvent(event, body as Events[E]);
  }
}
