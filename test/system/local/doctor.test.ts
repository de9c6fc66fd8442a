import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from '@jest/globals';
import type { Finding } from '../../../infra/ops/doctor/finding.ts';
import { runOps, runOpsJson } from '../../support/ops.ts';
import { eachSoundStage } from './sound-stage.ts';
import { root } from './started.ts';

const stage = eachSoundStage();

const sound = [
  'credentials',
  'region',
  'mail',
  'mail',
  'concurrency',
  'stack',
  'secret winkelstraat-key',
  'secret igf-key',
  'secret igf-path-token',
  'IGF key',
  'IGF retailer',
  'IGF retailer',
  'IGF events',
  'alarms',
  'DLQs',
  'test webhook',
];

test('a sound stage is well in every respect, and the test webhook is gone again', async () => {
  const { code, result } = await runOpsJson<{ ok: boolean; findings: Finding[] }>(
    'doctor',
    '--stage',
    'test',
  );

  const { ok, findings } = result;
  expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
  expect({ code, ok, checks: findings.map(({ check }) => check) }).toEqual({
    code: 0,
    ok: true,
    checks: sound,
  });
  const { Items } = await stage.dynamodb.send(new ScanCommand({ TableName: stage.output('TableName') }));
  expect(Items?.filter(({ pk, firstDeliveryAt }) => /doctor-/.test(pk) || firstDeliveryAt)).toEqual([]);
});

test('with --local it leaves out what has no account', async () => {
  const run = await runOps('doctor', '--local');

  expect(run).toMatchObject({ code: 0, complaints: [] });
  expect(run.text).toMatch(/^ok {7}stack: returns-bridge-local, mode live$/m);
  expect(run.text).toMatch(/^ok {7}test webhook: it was in the table after \d+ s, and is removed$/m);
  expect(run.text).toMatch(/^All is well\.$/m);
});

test('a key from stdin fills its secret, and is never printed', async () => {
  stage.aws.secrets.set(stage.output('IgfKeySecret'), undefined);
  const args = ['infra/ops/bridge.mjs', 'doctor', '--stage', 'test', '--set-secret', 'igf-key'];
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NODE_OPTIONS: '' } });
  child.stdin.end('local-igf-key\n');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);

  expect({ code: child.exitCode, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^ok {7}secret igf-key: its value was stored$/m);
  expect(stdout).not.toContain('local-igf-key');
  expect(stage.aws.secrets.get(stage.output('IgfKeySecret'))).toBe('local-igf-key');
  const noted = await runOps('igf', 'status', '--stage', 'test');
  expect(noted.text).toMatch(/^The last change was "doctor --set-secret igf-key", .*Z, by arn:.*anna\.$/m);
});

test.each([
  [['--local', '--set-secret', 'igf-key'], /^npm start gives the local bridge its keys/],
  [['--table', 'x'], /^doctor checks a whole stage/],
  [['--stage', 'nope'], /^There is no stage "nope"/],
  [['--set-secret', 'winkelstraat'], /Allowed choices are winkelstraat-key, igf-key/],
])('%j is typed wrong', async (args, complaint) => {
  expect(await runOps('doctor', ...args)).toMatchObject({
    code: 2,
    lines: [],
    complaints: [expect.stringMatching(complaint)],
  });
});
