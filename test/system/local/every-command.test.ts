import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { bridgeProgram } from '../../../infra/ops/bridge.ts';
import { documentationOf } from '../../../infra/ops/command.ts';
import { runBridge, runBridgeJson } from '../../support/bridge-process.ts';
import { eventually } from '../../support/eventually.ts';
import { eachRuntime } from '../../support/local-runtime.ts';
import { runOps, runOpsJson } from '../../support/ops.ts';

const at = eachRuntime({ speed: 600 });

const answer = async <Result>(...args: string[]): Promise<Result> =>
  (await runOpsJson<Result>(...args, '--local')).result;

const play = async (scenario: string): Promise<string> =>
  (await answer<{ orders: string[] }>('send', '--scenario', scenario)).orders[0] ?? '';

interface Waiting {
  orderId: string;
  rmaId: string;
  itemId: string;
}

/** The return of an order, as commands take it. */
async function returnOf(orderId: string): Promise<string> {
  const { returns } = await answer<{ returns: Waiting[] }>('returns');
  const found = returns.find((item) => item.orderId === orderId);
  return `${found?.rmaId}/${found?.itemId}`;
}

const parkedIds = async (): Promise<string[]> =>
  (await answer<{ deliveries: { eventId: string }[] }>('parked')).deliveries.map((one) => one.eventId);

const rejectedIds = async (): Promise<string[]> =>
  (await answer<{ deliveries: { id: string }[] }>('rejected')).deliveries.map((one) => one.id);

const orders: Record<string, string> = {};

beforeAll(async () => {
  for (const scenario of ['refund', 'unknown-text', 'refused', 'listed']) {
    orders[scenario] = await play(scenario);
  }
  for (const scenario of ['refused', 'rejected', 'rejected']) await play(scenario);
  await eventually('two parked messages', async () => (await parkedIds()).length === 2);
  await eventually('two rejected webhooks', async () => (await rejectedIds()).length === 2);
});
const order = (scenario: string): string => orders[scenario] ?? '';

/** What is typed, and the exit code. In this order: the later ones mend what the earlier ones list. */
const typed: readonly (readonly [name: string, code: 0 | 1, args: () => string[] | Promise<string[]>])[] = [
  ['send', 0, () => ['push-api/v2/rma', '--dry-run']],
  ['status', 1, () => []],
  ['attention', 1, () => ['--kind', 'refund']],
  ['order', 0, () => [order('refund')]],
  ['find', 0, () => [order('listed')]],
  ['returns', 0, () => ['--state', 'Listed', '--since', '7d']],
  ['gaps', 0, () => []],
  ['events', 0, () => ['--webhook', 'push-api/v2/rma']],
  ['retries', 0, () => []],
  ['unmapped', 1, () => []],
  ['map-reason', 0, () => ['mouwen te wijd', 'too_big', '--dry-run']],
  ['map-condition', 0, () => ['als nieuw', 'good', '--dry-run']],
  ['map-resolution', 0, () => ['geld terug', 'refund', '--dry-run']],
  ['map-status', 0, () => ['goedgekeurd', 'authorized', '--dry-run']],
  ['advance', 0, () => ['--order', order('listed')]],
  ['done', 0, async () => [await returnOf(order('refund')), '--note', 'paid on Monday']],
  ['parked', 1, () => []],
  ['parked dismiss', 0, async () => [(await parkedIds())[1] ?? '', '--reason', 'a test']],
  ['parked redrive', 0, () => ['--dry-run']],
  ['rejected', 1, () => []],
  ['rejected show', 0, async () => [(await rejectedIds())[0] ?? '']],
  ['rejected dismiss', 0, async () => [(await rejectedIds())[1] ?? '', '--reason', 'a test']],
  ['rejected replay', 0, () => ['--all', '--x-version', '2.1.0']],
  ['erase', 0, () => ['--order', order('listed'), '--dry-run']],
  ['support-mail', 0, () => ['push-api', '--language', 'en']],
  ['doctor', 1, () => ['--dry-run']],
  ['igf status', 0, () => []],
  ['igf retailer', 0, () => []],
  ['igf subscribe', 0, () => ['--dry-run']],
  ['igf unsubscribe', 0, () => ['--dry-run']],
];

test.each(typed)(
  '%s answers with one JSON document, and with lines for a person',
  async (name, code, args) => {
    const line = [...name.split(' '), ...(await args())];
    // What changes something is done once, and said as JSON.
    const isDone = /^(done|advance|parked dismiss|rejected dismiss|rejected replay)$/.test(name);
    if (!isDone) {
      const printed = await runOps(...line, '--local');
      expect(printed).toMatchObject({ code, complaints: [], text: expect.stringMatching(/\S/) });
    }

    expect(await runBridgeJson([...line, '--local'])).toMatchObject({ code, stderr: '' });
  },
);

test('igf verify compares a file, on no bridge', async () => {
  const file = join(at.folder, 'igf.json');
  writeFileSync(file, JSON.stringify({ openapi: '3.1.0', paths: {} }));

  expect(await runBridgeJson(['igf', 'verify', file])).toMatchObject({ code: 1, result: { matched: 0 } });
});

test('every command with a JSON document is typed here, but for logs, which reads a deployed stage', () => {
  const namesIn = (command: Command, path: string[] = []): string[] => [
    ...(documentationOf(command)?.result ? [path.join(' ')] : []),
    ...command.commands.flatMap((child) => namesIn(child, [...path, child.name()])),
  ];
  const program = bridgeProgram({ print: () => undefined, complain: () => undefined, exitCode: 0 });

  expect(namesIn(program).sort()).toEqual([...typed.map(([name]) => name), 'igf verify', 'logs'].sort());
});

test.each([
  ['an unknown option', ['order', '1', '--verbos', '--local']],
  ['two places', ['status', '--local', '--stage', 'prod']],
  ['an unknown stage', ['status', '--stage', 'nope']],
  ['a missing argument', ['order', '--local']],
])('%s is typed wrong: exit code 2, and one line', async (_case, args) => {
  const { code, lines, complaints } = await runOps(...args);

  expect({ code, lines }).toEqual({ code: 2, lines: [] });
  expect(complaints.join('\n').trim().split('\n')).toHaveLength(1);
});

test('what is typed wrong is said on stderr alone', async () => {
  expect(await runBridge(['storry'])).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^[^\n]*storry[^\n]*\n$/),
  });
});
