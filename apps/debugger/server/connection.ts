import type { Clock } from '@holon/engine';
import { encodeRunState } from '@holon/engine/events';
import type { RawData, WebSocket } from 'ws';
import type { AnyRequest, Command, Requests } from '../protocol/index.ts';
import { Client } from './client.ts';
import { RequestFailure, isOurMistake, refusalOf } from './failure.ts';
import { MAX_REQUESTS_PER_SECOND, RateLimit } from './frame-limits.ts';
import { dapHandlers } from './handlers/dap.ts';
import type { Handler, Handlers } from './handlers/handler.ts';
import { holonHandlers } from './handlers/holon.ts';
import { startHeartbeat } from './heartbeat.ts';
import { Outbox } from './outbox.ts';
import { parseFrame, peekSeq } from './parse.ts';
import type { Room } from './room.ts';
import type { Reply } from './to-frame.ts';

const handlers: Handlers = { ...dapHandlers, ...holonHandlers };

/** What may be asked before `attach`. */
const BEFORE_ATTACH: ReadonlySet<Command> = new Set<Command>(['initialize', 'attach', 'disconnect']);

/** WebSocket status "normal closure". */
const NORMAL_CLOSURE = 1000;

/** How long a client may take to say goodbye, too. */
const CLOSING_MS = 1_000;

/** One WebSocket: every frame that comes in gets exactly one reply, and the client leaves when it closes. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #rate: RateLimit;

  constructor(socket: WebSocket, room: Room, clock: Clock) {
    const stateOf = (runId: string) => {
      const found = room.session.runs.find(({ run }) => run.id === runId);
      return found === undefined ? undefined : encodeRunState(found.state);
    };
    this.#client = new Client(room, new Outbox({ wire: socket, clock, stateOf }));
    this.#socket = socket;
    this.#clock = clock;
    this.#rate = new RateLimit(MAX_REQUESTS_PER_SECOND, clock.elapsed());
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('close', () => this.#leave());
    // A peer that breaks the protocol of WebSockets, or sends too much: `close` follows.
    socket.on('error', () => undefined);
    startHeartbeat(socket, clock);
  }

  /** The debugger ends. */
  end(code: number, reason: string): void {
    if (this.#client.attached) this.#client.outbox.event('terminated', undefined);
    this.#client.outbox.finish(code, reason);
    const timer = this.#clock.setTimer(() => this.#socket.terminate(), CLOSING_MS);
    this.#socket.once('close', () => this.#clock.clearTimer(timer));
  }

  #leave(): void {
    this.#client.outbox.close(NORMAL_CLOSURE, '');
    this.#client.subscription = undefined;
    this.#client.room.leave(this.#client);
  }

  #receive(data: RawData, isBinary: boolean): void {
    const text = isBinary ? '' : String(data);
    if (!this.#rate.take(this.#clock.elapsed())) {
      const words = `At most ${MAX_REQUESTS_PER_SECOND} requests a second are answered.`;
      this.#refuse(peekSeq(text), '', new RequestFailure('too-many-requests', words));
      return;
    }
    if (isBinary) {
      this.#refuse(0, '', new RequestFailure('binary', 'Frames are JSON text; a binary one is not read.'));
      return;
    }
    const parsed = parseFrame(text);
    if (parsed.kind === 'refused') this.#refuse(parsed.requestSeq, parsed.command, parsed.failure);
    else this.#answer(parsed.request);
  }

  #answer(request: AnyRequest): void {
    const { seq, command } = request;
    try {
      this.#checkTurn(command);
      const body = handle(this.#client, request);
      this.#client.outbox.reply({ request_seq: seq, success: true, command, body } as Reply);
      if (command === 'disconnect') this.#client.outbox.finish(NORMAL_CLOSURE, 'disconnected');
    } catch (error) {
      this.#refuse(seq, command, error);
    }
  }

  #checkTurn(command: Command): void {
    const { initialized, attached } = this.#client;
    if (command !== 'initialize' && !initialized)
      throw new RequestFailure('not-initialized', 'Send "initialize" first.');
    if (!attached && !BEFORE_ATTACH.has(command)) throw new RequestFailure('not-initialized', 'Send "attach" first.');
  }

  #refuse(requestSeq: number, command: string, thrown: unknown): void {
    if (isOurMistake(thrown))
      process.emitWarning(thrown instanceof Error ? thrown : String(thrown), { code: 'HOLON_DEBUG_SERVER' });
    this.#client.outbox.reply({ request_seq: requestSeq, success: false, command, ...refusalOf(thrown) });
  }
}

/** The table pairs each command with its handler, which TypeScript can't follow through a lookup. */
function handle<C extends Command>(client: Client, request: AnyRequest & { readonly command: C }): Requests[C]['body'] {
  const handler = handlers[request.command] as unknown as Handler<C>;
  return handler(client, request.arguments as Requests[C]['arguments']);
}
