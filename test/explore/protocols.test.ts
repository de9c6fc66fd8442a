import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Report } from './report.ts';
import { scenarios } from './scenarios.ts';

/** The command as a person runs it: its threads use every core. */
async function explored(): Promise<Report> {
  const program = fileURLToPath(new URL('./explore.ts', import.meta.url));
  const args = ['--disable-warning=ExperimentalWarning', program, '--json', '--short'];
  const options = { maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(process.execPath, args, options).catch(
    (failed: { stdout: string; stderr: string }) => {
      if (!failed.stdout.startsWith('{')) throw new Error(failed.stderr);
      return failed;
    },
  );
  return JSON.parse(stdout) as Report;
}

let report: Report;
beforeAll(async () => {
  report = await explored();
});

describe.each(Object.keys(scenarios))('the protocol of the scenario %s', (name) => {
  const rowsOf = () => report.rows.filter(({ scenario }) => scenario === name);

  test('holds in every history that was explored', () => {
    expect(rowsOf().map(({ how }) => how)).toEqual(['complete', 'seeds']);
    // The choices replay it: npm run explore -- --scenario <name> --replay <choices>.
    expect(rowsOf().flatMap(({ failing, bounds }) => (failing ? { ...failing, bounds } : []))).toEqual([]);
  });

  test('gives the same trace when a seed is run again', () => {
    expect(rowsOf().flatMap(({ unrepeatable }) => unrepeatable)).toEqual([]);
  });
});

test('every state, every action and every branch of exactly-once.ts is reached', () => {
  expect(report.unreached).toEqual([]);
});

test.each(['list', 'cancel', 'units', 'done'])(
  '%s is complete with two workers, a crash and a lost answer, and two preemptions at least',
  (name) => {
    const row = report.rows.find(({ scenario, how }) => scenario === name && how === 'complete');
    expect(row?.bounds).toMatchObject({ workers: 2, crashes: 1, lostAnswers: 1 });
    expect(row?.bounds.preemptions ?? 2).toBeGreaterThanOrEqual(2);
    expect(BigInt(row?.histories ?? 0)).toBeGreaterThan(1000n);
  },
);
