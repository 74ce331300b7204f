import { emptyRunState, encodeRunState } from '@holon/engine/events';
import { expect, test } from 'vitest';
import type { AnyEvent, Message } from '../protocol/index.ts';
import { Outbox } from './outbox.ts';
import { ManualClock } from './test/manual-clock.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
/** More than waits for a client. */
const TOO_MANY = 20_001;
const ENCODING_MS = 50;

/** An outbox over a wire that takes nothing while it is `blocked`, and a state that takes its time to encode. */
function openOutbox() {
  const sent: Message[] = [];
  const clock = new ManualClock();
  const wire = {
    blocked: true,
    get bufferedAmount() {
      return this.blocked ? Number.POSITIVE_INFINITY : 0;
    },
    send: (text: string, done: () => void) => {
      sent.push(JSON.parse(text) as Message);
      setImmediate(done);
    },
    close: () => undefined,
  };
  const stateOf = () => {
    clock.advance(ENCODING_MS);
    return encodeRunState(emptyRunState());
  };
  const outbox = new Outbox({ wire, clock, stateOf });
  const events = (name: AnyEvent['event']) => sent.filter((each) => each.type === 'event' && each.event === name);
  const miss = async (): Promise<void> => {
    wire.blocked = true;
    for (let seq = 1; seq <= TOO_MANY; seq++) outbox.runEvent('run', { seq, at: 0, type: 'run.started' });
    wire.blocked = false;
    outbox.latest('holon/runs', () => ({ runs: [] }));
    await turn();
    await turn();
  };
  return { outbox, wire, clock, events, miss };
}

test('a client that stays too slow gets the state no more often than a tenth of the time allows', async () => {
  const { clock, events, miss } = openOutbox();
  await miss();
  expect(events('holon/resync')).toMatchObject([{ body: { runId: 'run', dropped: TOO_MANY } }]);
  await miss();
  expect(events('holon/resync')).toHaveLength(1);
  clock.advance(10 * ENCODING_MS - 1);
  await turn();
  expect(events('holon/resync')).toHaveLength(1);
  clock.advance(1);
  await turn();
  expect(events('holon/resync')).toHaveLength(2);
});

test('who stands in a run that is no longer followed is not told', async () => {
  const { outbox, wire, events } = openOutbox();
  outbox.latest('holon/stops', () => ({ runId: 'run', stops: [] }));
  outbox.forgetRun();
  outbox.latest('holon/runs', () => ({ runs: [] }));
  wire.blocked = false;
  await turn();
  expect(events('holon/runs')).toHaveLength(1);
  expect(events('holon/stops')).toEqual([]);
});

test('events of other kinds are not dropped with those of a run', async () => {
  const { outbox, events, miss } = openOutbox();
  outbox.event('initialized', undefined);
  await miss();
  expect(events('initialized')).toHaveLength(1);
});
