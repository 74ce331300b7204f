// The static checks: what they run and what to do when one fails.
import { availableParallelism } from 'node:os';
import { run } from './processes.mjs';
import { indent, lastLines, seconds } from './steps.mjs';

const checks = [
  { name: 'types', command: ['tsc', '-b'], todo: 'fix the types; `npm run typecheck` shows them again.' },
  { name: 'lint', command: ['oxlint'], todo: 'fix what it names; `npm run lint -- --fix` does the easy part.' },
  { name: 'unused', command: ['knip', '--no-progress'], todo: 'delete what nobody uses, or list what is missing.' },
  { name: 'imports', command: ['node', 'scripts/check-imports.mjs'], todo: 'each violation says it.' },
  { name: 'format', command: ['oxfmt', '--check'], todo: 'run `npm run format`.' },
];

/** Runs all, as many at once as there are cores. Resolves to { passed, failed }. */
export async function runChecks() {
  const waiting = [...checks];
  let failed = 0;
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const started = performance.now();
      const { code, text } = await run(check.command[0], check.command.slice(1));
      const took = seconds(performance.now() - started);
      if (code === 0) {
        process.stdout.write(`✓ ${check.name} (${took})\n`);
        continue;
      }
      failed += 1;
      process.stdout.write(`✗ ${check.name} (${took})\n${indent(lastLines(text, 200))}\n  What to do: ${check.todo}\n`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return { passed: checks.length - failed, failed };
}
