// Runs the modules named on standard input, one after another, with timers that take no time. Prints what each came to
// as JSON: { module, error } or { module, checks, flows: [{ name, picture }] }.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { text } from 'node:stream/consumers';
import { takeOverTime } from './virtual-time.mjs';

const { folder, modules, packageName } = JSON.parse(await text(process.stdin));
// The very copy that the examples have.
const { describe, isFlow } = await import(
  pathToFileURL(createRequire(resolve(folder, 'x.js')).resolve(packageName)).href
);
const results = [];
for (const module of modules) results.push({ module, ...(await outcomeOf(module)) });
process.stdout.write(JSON.stringify(results), () => process.exit(0));

async function outcomeOf(module) {
  const time = takeOverTime();
  try {
    const { $values, $checks } = await time.until(import(pathToFileURL(resolve(folder, module)).href));
    const flows = Object.entries($values).filter(([, value]) => isFlow(value));
    return { checks: $checks, flows: flows.map(([name, flow]) => ({ name, picture: describe(flow) })) };
  } catch (error) {
    return {
      error: String(error?.stack ?? error),
      cause: error?.cause === undefined ? undefined : String(error.cause),
    };
  } finally {
    time.giveBack();
  }
}
