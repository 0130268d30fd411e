// Runs everything that has to hold: types, lint, format, then unit, property, recording and capture tests, then a real browser.
// Ends with one line `N passed, N failed`, and with status 1 if anything failed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const bin = (name) => path.join(root, 'node_modules', '.bin', name);
const scratch = mkdtempSync(path.join(os.tmpdir(), 'bridgewalk-'));
let passed = 0;
let failed = 0;

function check(title, command, args) {
  console.log(`\n== ${title}`);
  const ok = spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0;
  if (ok) passed++;
  else failed++;
  return ok;
}

function suite(title, args) {
  console.log(`\n== ${title}`);
  const report = path.join(scratch, `${title.replace(/\W+/g, '-')}.json`);
  const { status } = spawnSync(
    bin('vitest'),
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    passed += numPassedTests;
    // A file that could not even be loaded has no failed test, and still has failed.
    failed += numFailedTests || (status === 0 ? 0 : Math.max(1, numFailedTestSuites));
  } catch {
    failed++;
  }
}

check('Types', bin('tsc'), ['-p', 'tsconfig.json']);
check('Types of everything below the user interface, without the DOM', bin('tsc'), ['-p', 'tsconfig.engine.json']);
check('Lint', bin('oxlint'), ['--type-aware']);
check('Format', bin('biome'), ['format', '.']);
suite('Unit, property, recording and capture tests', []);
const built = check('Build', bin('vite'), ['build', '--logLevel', 'warn']);
if (check('Build of the single file', bin('vite'), ['build', '--mode', 'single-file', '--logLevel', 'warn']) && built)
  suite('Browser', ['--config', 'test/browser/vitest.config.ts']);

rmSync(scratch, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
