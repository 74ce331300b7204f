import { type RunEvent, viewText } from '@holon/engine/events';
import { durationText } from '../values/time-text.ts';

/** What an event says beyond its type and its place, in the engine's words where it has some. */
export function eventText(event: RunEvent): string {
  switch (event.type) {
    case 'run.created':
      return `input ${viewText(event.input)}`;
    case 'run.started':
    case 'node.abandoned':
    case 'node.resumed':
      return '';
    case 'run.paused':
    case 'run.resumed':
    case 'run.canceling':
    case 'run.canceled':
    case 'node.queued':
    case 'node.waiting':
    case 'node.canceled':
      return event.reason;
    case 'run.succeeded':
    case 'node.succeeded':
      return viewText(event.output);
    case 'run.failed':
      return `${event.error.name}: ${event.error.message}`;
    case 'node.failed':
      return `${event.error.name}: ${event.error.message} (${event.reason})`;
    case 'node.discovered':
      return event.after.length === 0 ? event.node.id : `${event.node.id}, after ${event.after.join(', ')}`;
    case 'node.opened':
      return viewText(event.input);
    case 'node.held':
    case 'node.released':
      return `${event.phase}: ${event.reason}`;
    case 'node.edited':
      return `${event.phase === 'entry' ? 'input' : 'output'} is now ${viewText(event.value)}`;
    case 'node.started':
      return `attempt ${event.attempt}`;
    case 'node.retrying':
      return `attempt ${event.attempt} failed, the next in ${durationText(event.delayMs)}: ${event.reason}`;
    case 'node.answered':
      return event.source;
    case 'node.late':
      return `attempt ${event.attempt} ended too late; its result was dropped`;
    case 'signal.received':
      return `${event.name} ${viewText(event.value)}`;
    case 'signal.refused':
      return `${event.name}: ${event.reason}`;
    case 'choice.made':
      return `${event.value}${event.forced ? ', forced' : ''}`;
    case 'node.logged':
      return event.data === undefined ? event.message : `${event.message} ${viewText(event.data)}`;
    case 'node.progressed':
      return `${Math.round(event.fraction * 100)} %${event.message === undefined ? '' : ` ${event.message}`}`;
    case 'node.emitted':
      return event.data === undefined ? event.name : `${event.name} ${viewText(event.data)}`;
  }
}
