// The test runners. Numbers come from their JSON reports; people read their ordinary output. A pattern may fit tests of
// one runner only, so that finding none is not the runner's failure.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { environment, root, run } from './processes.mjs';

const reports = join(root, '.cache', 'test-reports');

export async function runUnitTests(args) {
  const report = freshReport('unit');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run('vitest', ['run', '--passWithNoTests', ...reporters, ...args], { show: true });
  const result = readReport(report);
  if (result === undefined) return atLeastOneFailed({ passed: 0, failed: 0, skipped: 0 }, code);
  // A file that cannot be loaded has no test that could fail.
  const unloaded = result.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((each) => each.status !== 'failed'),
  );
  const counts = {
    passed: result.numPassedTests,
    failed: result.numFailedTests + unloaded.length,
    skipped: result.numPendingTests + result.numTodoTests,
  };
  return atLeastOneFailed(counts, code);
}

export async function runEndToEndTests(args) {
  const report = freshReport('e2e');
  const { code } = await run('playwright', ['test', '--pass-with-no-tests', '--reporter=line,json', ...args], {
    cwd: join(root, 'apps', 'debugger'),
    show: true,
    env: { ...environment, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = readReport(report)?.stats ?? {};
  return atLeastOneFailed({ passed: expected + flaky, failed: unexpected, skipped }, code);
}

/** A runner that ends badly without naming a test has failed, too. */
function atLeastOneFailed(counts, code) {
  return { ...counts, failed: Math.max(counts.failed, code === 0 ? 0 : 1) };
}

function freshReport(name) {
  mkdirSync(reports, { recursive: true });
  const path = join(reports, `${name}.json`);
  rmSync(path, { force: true });
  return path;
}

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
