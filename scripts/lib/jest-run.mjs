// One run of Jest, counted from its own JSON. Needs node_modules.
import { readFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { relative } from 'node:path';
import { inRoot, root } from './paths.mjs';
import { endRunning, run, until } from './processes.mjs';
import { say } from './say.mjs';

const exitPatienceMs = 20_000;

/** @returns {Promise<{passed: number, failed: number, skipped: number}>} failed and skipped tests are named as well */
export async function runJest(patterns, env) {
  const resultPath = inRoot('.cache', `jest-${process.pid}.json`);
  const args = [inRoot('node_modules/jest/bin/jest.js'), '--ci', '--json', `--outputFile=${resultPath}`];
  // Two workers keep two cores busy; a third only makes each of them slower (measured).
  args.push(`--maxWorkers=${Math.max(2, cpus().length - 1)}`, '--passWithNoTests=false', ...patterns);
  const running = run(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stream: process.stderr,
  });
  const hung = await finishedButRunning(running, resultPath);
  const { code } = await running;
  const result = readResult(resultPath);
  rmSync(resultPath, { force: true });
  if (!result) {
    say(`FAIL Jest ended with code ${code} and no result`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const broken = nameFailures(result);
  nameSkipped(result);
  if (hung) say('FAIL the tests left something running, so Jest could not end');
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken + (hung ? 1 : 0),
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** Jest waits for ever for a handle that a test leaked; we do not. */
async function finishedButRunning(running, resultPath) {
  let ended = false;
  running.then(() => {
    ended = true;
  });
  while (!ended && !readResult(resultPath)) await until(() => ended, 500);
  if (await until(() => ended, exitPatienceMs)) return false;
  endRunning();
  return true;
}

function readResult(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

const fileOf = (suite) => relative(root, suite.name);

/** @returns how many files could not be run at all: Jest does not count those as failed tests */
function nameFailures({ testResults }) {
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
  );
  for (const suite of broken) say(`FAIL ${fileOf(suite)} could not be run`);
  for (const suite of testResults) {
    for (const test of suite.assertionResults) {
      if (test.status === 'failed') say(`FAIL ${fileOf(suite)}: ${test.fullName}`);
    }
  }
  return broken.length;
}

function nameSkipped({ testResults }) {
  for (const suite of testResults) {
    for (const test of suite.assertionResults) {
      if (test.status === 'pending' || test.status === 'todo') say(`SKIP ${fileOf(suite)}: ${test.fullName}`);
    }
  }
}
