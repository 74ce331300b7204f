import type { Clock, TimerHandle } from '@holon/engine';
import type { WebSocket } from 'ws';

/** A peer that vanished without a word is noticed within two of these. */
const HEARTBEAT_MS = 15_000;

/** Pings a client, and ends the connection when a ping was still unanswered at the next. */
export function startHeartbeat(socket: WebSocket, clock: Clock): void {
  let answered = true;
  let timer: TimerHandle;
  const beat = (): void => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
    timer = clock.setTimer(beat, HEARTBEAT_MS);
  };
  socket.on('pong', () => (answered = true));
  socket.on('close', () => clock.clearTimer(timer));
  timer = clock.setTimer(beat, HEARTBEAT_MS);
}
