// `npm run check`: types, lint, unused code, imports and format, in seconds.
import { runChecks } from './lib/checks.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';

await ensureDependencies();
const { failed } = await runChecks();
process.exitCode = failed === 0 ? 0 : 1;
