import type { DebugSession } from '@holon/engine';
import { safe } from '../output/style.ts';
import type { Channel } from '../output/terminal.ts';
import { eventLine } from './event-line.ts';

/**
 * Tells on standard error what the runs of a debug session say and how they end; the browser shows the rest.
 *
 * @returns the function that stops it
 */
export function showSession(session: DebugSession, label: string, notes: Channel): () => void {
  const { colors } = notes;
  return session.on('runs', ({ run, change }) => {
    if (change === 'started') {
      run.run.on((event) => {
        const line =
          event.type === 'node.logged' || event.type === 'node.retrying'
            ? eventLine(event, undefined, colors)
            : undefined;
        if (line !== undefined) notes.line(line);
      });
      return;
    }
    const { status, error } = run.state;
    const sign =
      status === 'succeeded' ? colors.green('✓') : status === 'failed' ? colors.red('✗') : colors.yellow('■');
    notes.line(
      `${sign} ${colors.bold(safe(label))} ${status}${error === undefined ? '' : `: ${safe(`${error.name}: ${error.message}`)}`}`,
    );
  });
}
