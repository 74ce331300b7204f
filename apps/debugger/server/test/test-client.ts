import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { AnyEvent, AnyResponse, Command, EventName, Events, Message, Requests } from '../../protocol/index.ts';

type Body<C extends Command> = Requests[C]['body'];

/** A real client of the server, that keeps all it is told. */
export class TestClient {
  readonly socket: WebSocket;
  /** Everything received, in order. */
  readonly received: Message[] = [];
  #seq = 0;
  readonly #waiting = new Set<() => void>();

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      this.received.push(JSON.parse(String(data)) as Message);
      this.#wake();
    });
    socket.on('close', () => this.#wake());
  }

  /** @throws when the server refuses the connection, with its status */
  static async connect(port: number, headers: Record<string, string>): Promise<TestClient> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { headers });
    const client = new TestClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** The body of the reply. @throws Error with the code and text of a refusal */
  async ask<C extends Command>(command: C, args?: Requests[C]['arguments']): Promise<Body<C>> {
    const reply = await this.reply({ seq: ++this.#seq, type: 'request', command, arguments: args });
    if (!reply.success) throw new Error(`${reply.message}: ${reply.body.error.format}`);
    return reply.body as Body<C>;
  }

  /** Sends any frame and gives the reply to its `seq`. */
  async reply(frame: { readonly seq: number } & Record<string, unknown>): Promise<AnyResponse> {
    this.socket.send(JSON.stringify(frame));
    const of = (message: Message): message is AnyResponse =>
      message.type === 'response' && message.request_seq === frame.seq;
    return (await this.until((received) => received.find(of)))!;
  }

  /** Sends text as it is and gives the reply that comes next. */
  async replyToText(text: string | Uint8Array): Promise<AnyResponse> {
    const before = this.received.length;
    this.socket.send(text);
    const next = (received: readonly Message[]) =>
      received.slice(before).find((message) => message.type === 'response');
    return (await this.until(next)) as AnyResponse;
  }

  /** The bodies of an event so far. */
  events<E extends EventName>(name: E): Events[E][] {
    const found = this.received.filter(
      (message): message is AnyEvent => message.type === 'event' && message.event === name,
    );
    return found.map((message) => message.body as Events[E]);
  }

  /** Waits for an event, come already or not. */
  async event<E extends EventName>(name: E, fits: (body: Events[E]) => boolean = () => true): Promise<Events[E]> {
    const [body] = await this.until(() => {
      const found = this.events(name).filter(fits);
      return found.length > 0 ? found : undefined;
    });
    return body as Events[E];
  }

  /** Waits until `look` finds something. @throws when the connection ends first */
  async until<T>(look: (received: readonly Message[]) => T | undefined): Promise<T> {
    for (;;) {
      const found = look(this.received);
      if (found !== undefined) return found;
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error('the connection has ended');
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Introduces itself and joins the session. */
  async attach(): Promise<this> {
    await this.ask('initialize', { adapterID: 'holon' });
    await this.ask('attach', {});
    await this.ask('configurationDone', {});
    return this;
  }

  async leave(): Promise<void> {
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
