import { toWireError } from '@holon/flow';
import { type Trace, Tracer } from './events/index.ts';
import type { RunCore } from './run-core.ts';
import { tell } from './tell.ts';

/** Of the runs that are traced. */
const tracers = new WeakMap<RunCore, Tracer>();

export function tracerOf(run: RunCore): Tracer | undefined {
  return tracers.get(run);
}

/** Traces a run that has not begun; `ended`, if it is a function, is given the trace after the run's last event. */
export function traceRun(run: RunCore, ended: true | ((trace: Trace) => void)): void {
  const tracer = new Tracer();
  tracers.set(run, tracer);
  run.log.on((event) => {
    tracer.take(event);
    if (ended === true || tracer.endedAt === undefined) return;
    // The last event there is, so this is once.
    tell(ended, tracer.trace, (error) =>
      process.emitWarning(`What was to be given the trace of a run threw: ${toWireError(error).message}`, {
        code: 'HOLON_LISTENER',
      }),
    );
  });
}
