// Progress of the set-up: one line a step on stderr, and for a failed step why and what to do.

/** A step that cannot be done. `why` may be a tool's output: its last lines are shown. */
export class StepFailed extends Error {
  constructor(why, todo) {
    super(why);
    this.todo = todo;
  }
}

/** Runs `work`; it resolves to a few words on what it did, or to undefined when nothing had to be done. */
export async function step(title, work) {
  const started = performance.now();
  if (process.stderr.isTTY) process.stderr.write(`  ${title} …`);
  const clear = process.stderr.isTTY ? '\r\x1b[2K' : '';
  try {
    const done = await work();
    process.stderr.write(`${clear}✓ ${title}: ${done ?? 'nothing to do'} (${seconds(performance.now() - started)})\n`);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`${clear}✗ ${title} failed after ${seconds(performance.now() - started)}\n`);
    process.stderr.write(`${indent(lastLines(error.message, 20))}\nWhat to do: ${error.todo}\n`);
    process.exit(1);
  }
}

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

export const indent = (text) => text.replace(/^(?=.)/gm, '    ');

export const lastLines = (text, count) => text.trimEnd().split('\n').slice(-count).join('\n');
