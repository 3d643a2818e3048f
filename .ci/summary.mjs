/**
 * Prints what failed, and `N passed, N failed` as the last line.
 *
 *   node .ci/summary.mjs <vitest JSON report> [name of a failed step …]
 *
 * Failed counts: failed tests; skipped tests, for a test that did not run has shown nothing; test
 * files that could not be loaded; failed steps, unless the tests account for theirs. Without a
 * report nothing passed.
 */
import { readFileSync } from 'node:fs';

const TEST_STEP = 'build and test';

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function problemsOf(report) {
  const problems = [];
  for (const file of report.testResults) {
    if (file.status === 'failed' && file.assertionResults.length === 0) {
      problems.push(`not loaded: ${file.name}: ${file.message.split('\n')[0]}`);
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') continue;
      problems.push(`${test.status}: ${test.fullName} (${file.name})`);
    }
  }
  return problems;
}

const [path, ...failedSteps] = process.argv.slice(2);
const report = readReport(path);
const problems = report === null ? ['no test report was written'] : problemsOf(report);
const passed = report === null ? 0 : report.numPassedTests;
if (report !== null && passed === 0) problems.push('no test ran');
for (const step of failedSteps) {
  // A run that fails without a failed test (an unhandled error, a crash at the end) still failed.
  const accounted = step === TEST_STEP && problems.length > 0;
  if (!accounted) problems.push(`step failed: ${step}`);
}
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${passed} passed, ${problems.length} failed\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
