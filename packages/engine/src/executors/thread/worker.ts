import { registerHooks } from 'node:module';
import type * as Serve from './serve.ts';

/** Whether the packages run from their sources, as in their own repository, by an export condition that threads do not inherit. */
const isSource = import.meta.url.endsWith('.ts');

if (isSource) {
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, { ...context, conditions: [...context.conditions, 'holon-source'] }),
  });
}

/** What piscina calls for each task; it waits for it. Imported only once the hook is there. */
export const run: Promise<typeof Serve.serve> = import('./serve.ts').then(({ serve }) => serve);
