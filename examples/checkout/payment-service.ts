/**
 * A payment service over HTTP as one meets them: now and then it is too busy (503), now and then it takes
 * far too long, some cards it declines, and it charges one order once however often it is asked, if asks
 * carry the same `Idempotency-Key`. Which ask meets which mood is drawn from a seed.
 */
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { flow } from '@holon/flow';

export interface Charge {
  readonly id: string;
  readonly cents: number;
}

interface PaymentService extends AsyncDisposable {
  readonly url: string;
  /** Every charge made, in order. */
  readonly charges: readonly Charge[];
  /** Every answer's status in order, 0 where the client hung up first. */
  readonly answers: readonly number[];
}

/** Slower than anyone should wait. */
const SLOW_MS = 2_000;
/** A card with this number is always declined. */
export const DECLINED_CARD = '4000000000000002';

/** By address: what flows from node to node is the address, as with any service. */
const open = new Map<string, PaymentService>();

/** Opens a service of its own for one order, and gives its address. */
export const openService = flow('openService', async (seed: number): Promise<string> => {
  const service = await openPaymentService(seed);
  open.set(service.url, service);
  return service.url;
});

/** Closes it, and gives the charges it has made. */
export async function closePaymentService(url: string): Promise<readonly Charge[]> {
  const service = open.get(url);
  if (service === undefined) return [];
  open.delete(url);
  await service[Symbol.asyncDispose]();
  return service.charges;
}

/** On a free port of this machine. It does not keep the process alive, should nobody close it. */
export async function openPaymentService(seed: number): Promise<PaymentService> {
  const draw = randomFrom(seed);
  const charges: Charge[] = [];
  const byKey = new Map<string, Charge>();
  const answers: number[] = [];

  const server = createServer(async (request, response) => {
    const reply = (status: number, body: object) => {
      if (response.destroyed) return void answers.push(0);
      answers.push(status);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const order = JSON.parse(await text(request)) as { readonly card: string; readonly cents: number };
    const mood = draw();
    if (mood < 0.4) return reply(503, { error: 'too busy' });
    if (order.card === DECLINED_CARD) return reply(402, { error: 'card declined' });
    const key = request.headers['idempotency-key'];
    const known = typeof key === 'string' ? byKey.get(key) : undefined;
    const charge = known ?? { id: `ch_${charges.length + 1}`, cents: order.cents };
    if (known === undefined) charges.push(charge);
    if (typeof key === 'string') byKey.set(key, charge);
    // It has charged by now: whoever does not wait for the answer has to ask again with the same key.
    if (mood < 0.6) await new Promise((resolve) => setTimeout(resolve, SLOW_MS).unref());
    reply(200, charge);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    charges,
    answers,
    [Symbol.asyncDispose]: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** mulberry32: a small generator, good enough for moods. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
