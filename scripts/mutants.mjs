// `npm run mutants`: plants each known mistake in turn, and says after how many random flows it was found. With words
// behind it, only those whose name has one of them. Ends badly when one was not found within 1,000.
import { mutants } from './lib/mutants.mjs';
import { environment, run } from './lib/processes.mjs';
import { seconds } from './lib/steps.mjs';

const FLOWS = 1_000;
const words = process.argv.slice(2);

let missed = 0;
for (const [number, { name }] of mutants.entries()) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  const started = performance.now();
  const found = await tryOut(number);
  missed += found === undefined ? 1 : 0;
  const how = found ?? `not found within ${FLOWS.toLocaleString('en')} flows`;
  process.stdout.write(
    `${found === undefined ? '✗' : '✓'} ${name}: ${how} (${seconds(performance.now() - started)})\n`,
  );
}
process.stdout.write(missed === 0 ? 'All were found.\n' : `${missed} were not found.\n`);
process.exitCode = missed === 0 ? 0 : 1;

/** How it was found, if it was. */
async function tryOut(number) {
  const env = { ...environment, HOLON_MUTANT: String(number), FC_RUNS: String(FLOWS) };
  const { code, text } = await run('vitest', ['run', '--config', 'scripts/lib/mutants.config.mjs', '--no-color'], {
    env,
  });
  if (code === 0) return undefined;
  const after = /Property failed after (\d+) tests/u.exec(text);
  if (after !== null) return `found after ${after[1]} flows`;
  if (/Test timed out/u.test(text)) return 'found: a run hangs';
  if (/AssertionError|HolonError|Unhandled/u.test(text)) return 'found';
  throw new Error(`The properties could not be run:\n${text}`);
}
