import { flow, pipe } from '@holon/flow';
import { expect, test } from 'vitest';
import type { Command, Message, Requests } from '../protocol/index.ts';
import { openTestServer } from './test/open-test-server.ts';
import type { TestClient } from './test/test-client.ts';

const price = flow('price', async (order: { items: number }) => order.items * 10);
const round = flow('round', async (amount: number) => Math.round(amount));
const checkout = pipe('checkout', price, round);

/** What both sides said, with all that differs from one time to the next made the same. */
class Transcript {
  readonly #client: TestClient;
  readonly #lines: string[] = [];
  #told = 0;
  #runId = '';

  constructor(client: TestClient) {
    this.#client = client;
  }

  async ask<C extends Command>(command: C, args?: Requests[C]['arguments']): Promise<Requests[C]['body']> {
    this.#tell();
    this.#lines.push(`→ ${command} ${this.#stable(args ?? {})}`);
    const body = await this.#client.ask(command, args);
    if (command === 'holon/start') this.#runId = (body as Requests['holon/start']['body']).runId;
    return body;
  }

  /** Waits until the client has been told something that fits. */
  async until(fits: (message: Message) => boolean): Promise<void> {
    const from = this.#told;
    await this.#client.until((received) => received.slice(from).find(fits));
    this.#tell();
  }

  get text(): string {
    this.#tell();
    return `${this.#lines.join('\n')}\n`;
  }

  #tell(): void {
    for (const message of this.#client.received.slice(this.#told)) this.#lines.push(...this.#linesOf(message));
    this.#told = this.#client.received.length;
  }

  /** How many events share a frame is a matter of time. */
  #linesOf(message: Message): string[] {
    if (message.type === 'request') return [];
    if (message.type === 'event') {
      if (message.event !== 'holon/runEvents') return [`← ${message.event} ${this.#stable(message.body)}`];
      return message.body.events.map((event) => `← holon/runEvents … ${this.#stable(event)}`);
    }
    if (message.success) return [`← reply to ${message.command}: ${this.#stable(message.body)}`];
    return [`← refusal of ${message.command}: ${message.message} ${this.#stable(message.body)}`];
  }

  #stable(value: unknown): string {
    const text = JSON.stringify(value ?? {}, (key, part: unknown) => {
      if (key === 'at' || key === 'createdAt' || key === 'startedAt' || key === 'openedAt' || key === 'endedAt')
        return 'time';
      if (key === 'line' || key === 'column') return 'position';
      return part;
    });
    return (
      this.#runId === '' ? text : text.replaceAll(this.#runId, 'run-1').replaceAll(this.#runId.slice(0, 8), 'run-1')
    ).replaceAll(/"[^"]*\/transcript\.test\.ts"/gu, '"transcript.test.ts"');
  }
}

const isStops = (count: number) => (message: Message) =>
  message.type === 'event' && message.event === 'holon/stops' && message.body.stops.length === count;

test('a whole session: start paused, breakpoint, step, edit, look, continue, end', async () => {
  const { session, connect } = await openTestServer(checkout);
  const said = new Transcript(await connect());
  await said.ask('initialize', { adapterID: 'holon' });
  await said.ask('attach', {});
  await said.ask('holon/setBreakpoints', { breakpoints: [{ node: 'round', phase: 'exit' }] });
  await said.ask('configurationDone', {});
  const { runId } = await said.ask('holon/start', { input: { items: 2 }, paused: true });
  await said.until((message) => message.type === 'event' && message.event === 'stopped');
  await said.ask('holon/subscribe', { runId });
  await said.ask('threads');
  await said.ask('stackTrace', { threadId: 1 });
  await said.ask('scopes', { frameId: 1 });
  await said.ask('variables', { variablesReference: 1 });
  await said.ask('next', { threadId: 1 });
  await said.until(isStops(1));
  await said.ask('holon/value', { runId, path: 'checkout/round', side: 'input' });
  await said.ask('holon/edit', { runId, path: 'checkout/round', phase: 'entry', value: 30.6, revision: 1 });
  await said.ask('continue', { threadId: 1 });
  await said.until(isStops(1));
  await said.ask('holon/value', { runId, path: 'checkout/round', side: 'output' });
  await said.ask('holon/continue', { runId });
  await said.until(
    (message) =>
      message.type === 'event' && message.event === 'holon/runs' && message.body.runs[0]?.status === 'succeeded',
  );
  await said.ask('holon/continue', { runId }).catch(() => undefined);
  await said.ask('disconnect', {});
  await expect(said.text).toMatchFileSnapshot('./test/transcript.golden.txt');
  await expect(session.runs[0]!.run.outcome).resolves.toEqual({ status: 'succeeded', value: 31 });
});
