import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type AwsAccount, inAwsAccount } from '../support/aws-account.ts';
import { runBridgeJson } from '../support/bridge-process.ts';
import { eventually } from '../support/eventually.ts';
import { runOps } from '../support/ops.ts';

const minute = 60_000;
let aws: AwsAccount;
let start: number;

const worker = '/aws/lambda/returns-bridge-prod/winkelstraat/worker';

function write(group: string, secondsAgo: number, entry: unknown): void {
  const line = { timestamp: start - secondsAgo * 1000, message: JSON.stringify(entry) };
  aws.logs.set(group, [...(aws.logs.get(group) ?? []), line]);
}

const step = (message: object, requestId = 'r1') => ({ level: 'INFO', requestId, message });

inAwsAccount((account) => {
  aws = account;
  aws.stacks.set('returns-bridge-prod', { TableName: 't' });
});
beforeEach(() => {
  start = Date.now();
  aws.logs.clear();
  const ingest = '/aws/lambda/returns-bridge-prod/winkelstraat/push-api-v2-rma';
  write(ingest, 9, step({ step: 'queued', webhook: 'push-api/v2/rma', eventId: '3f2a91c0deadbeef' }, 'r0'));
  write(worker, 8, step({ step: 'recorded', eventId: '3f2a91c0deadbeef', orderId: '000000549' }));
  write(worker, 7, step({ step: 'called', operation: 'POST /listings', status: 201 }));
  write(worker, 6, step({ step: 'recorded', eventId: 'aaaaaaaaaaaaaaaa', orderId: '000000777' }, 'r2'));
  write(worker, 5, { type: 'platform.report', record: { requestId: 'r3', status: 'timeout' } });
  write(worker, 4, { _aws: {}, 'igf-down': 1 });
  write(worker, 3600, step({ step: 'parked', orderId: '000000001' }));
  write('/aws/lambda/returns-bridge-production/winkelstraat/worker', 1, step({ step: 'parked' }));
});

/** What was written in the last ten minutes, without the times. */
const narrated = [
  'queued  push-api/v2/rma  event 3f2a91c0',
  'recorded  event 3f2a91c0  order 000000549',
  'called  POST /listings 201',
  'recorded  event aaaaaaaa  order 000000777',
  'crashed  winkelstraat/worker  timeout',
];

/** Without the times, the lines of a new day and the widths of columns. */
const withoutTimes = (lines: readonly string[]): string[] =>
  lines
    .filter((line) => !line.startsWith('──'))
    .map((line) => line.replace(/^\d\d:\d\d:\d\dZ +/, '').replaceAll(/ {2,}/g, '  '));

test('the logs of a stage read as what npm start prints, with the times of the lines', async () => {
  const { code, lines } = await runOps('logs', '--stage', 'prod');
  expect(code).toBe(0);
  expect(withoutTimes(lines)).toEqual(narrated);
  expect(lines[1]).toContain(new Date(start - 9000).toISOString().slice(11, 19));
  expect(aws.regions).toContain('eu-west-1');
});

test('--since reaches further back', async () => {
  expect((await runOps('logs', '--since', '2h', '--stage', 'prod')).text).toContain('order 000000001');
});

test('--order leaves only the lines about the order', async () => {
  const { lines } = await runOps('logs', '--order', '000000549', '--stage', 'prod');
  expect(withoutTimes(lines)).toEqual(narrated.slice(0, 3));
});

test('without a line it says so', async () => {
  expect(await runOps('logs', '--order', '000000002', '--stage', 'prod')).toMatchObject({
    code: 0,
    lines: ['No line was written.'],
  });
});

test('--json is one document of the lines as they are', async () => {
  const { result, code } = await runBridgeJson(['logs', '--stage', 'prod']);
  expect(code).toBe(0);
  expect((result as { lines: unknown[] }).lines[0]).toEqual({
    id: expect.any(String),
    at: new Date(start - 9000).toISOString(),
    source: 'winkelstraat/push-api-v2-rma',
    text: JSON.stringify(
      step({ step: 'queued', webhook: 'push-api/v2/rma', eventId: '3f2a91c0deadbeef' }, 'r0'),
    ),
  });
});

test('--follow prints what is written from now on, each line once, and Ctrl-C ends it with 0', async () => {
  const child = spawn(process.execPath, ['infra/ops/bridge.mjs', 'logs', '--follow', '--stage', 'prod'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (data) => {
    output += data;
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const ended = once(child, 'close');
  await eventually('the first lines', async () => output.includes('timeout'), minute);
  write(worker, -1, step({ step: 'done', eventId: '3f2a91c0deadbeef', orderId: '000000549' }));
  await eventually('the new line', async () => /done +event 3f2a91c0/.test(output), minute);
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(withoutTimes(output.trimEnd().split('\n'))).toEqual([
    ...narrated,
    'done  event 3f2a91c0  order 000000549',
  ]);
  expect(errors).toBe('');
});

test.each([
  [['logs', '--local'], /npm start prints these lines itself/],
  [['logs', '--follow', '--json', '--stage', 'prod'], /--follow has no end/],
  [['logs', '--since', 'yesterday', '--stage', 'prod'], /Give 30m, 36h, 7d/],
])('%j is typed wrong', async (args, message) => {
  const { code, complaints } = await runOps(...args);
  expect({ code, complaints }).toEqual({ code: 2, complaints: [expect.stringMatching(message)] });
});
