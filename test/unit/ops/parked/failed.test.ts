import { idThatBeginsWith, shortLength } from '../../../../infra/cli/short-ids.ts';
import { compare } from '../../../../infra/ops/parked/disagreement.ts';
import { rateLimiter } from '../../../../infra/ops/parked/pace.ts';
import { deliveryOf, keys } from '../../../../lib/table/keys.ts';
import { runOps } from '../../../support/ops.ts';

test.each([
  [
    ['failed', 'redrive', '--webhook', 'rma'],
    /no webhook "rma", only push-api\/v1\/rma-item, .*bridge\/v1\/advance, .*v1\/shipped/,
  ],
  [['failed', 'redrive', '--id', 'abc'], /--id needs at least 4 characters/],
  [['failed', 'redrive', '--per-second', '0'], /a whole number from 1 to 500, not "0"/],
  [['failed', 'redrive', '--per-second', '2.5'], /a whole number from 1 to 500/],
  [['failed', 'redrive', '--per-second', 'fast'], /not "fast"/],
  [['failed', 'redrive', '--previw'], /Unknown option '--previw'/],
  [['failed', 'redirve'], /failed does not take "redirve"/],
  [['failed', '--table', 'bridge'], /--table needs --queue/],
  [['failed', 'redrive', '--webhook', 'v1/shipped', '--table', 'bridge'], /--table needs --igf-queue/],
  [['failed', '--igf-queue', 'http://q'], /--igf-queue needs --table/],
])('%j is typed wrong: exit code 2 and one line', async (args, message) => {
  const { code, lines, complaints } = await runOps(...args);
  expect({ code, lines }).toEqual({ code: 2, lines: [] });
  expect(complaints).toEqual([expect.stringMatching(message)]);
  expect(complaints[0]).not.toContain('\n');
});

test('both commands have help', async () => {
  expect((await runOps('failed', '--help')).text).toMatch(/lists what was given up/);
  expect((await runOps('failed', 'redrive', '--help')).text).toMatch(/--preview .*\n.*--webhook <value>/);
});

describe('short ids', () => {
  const dlq = { place: 'the DLQ', listedBy: 'failed' };

  test('are as long as it takes to tell them apart, and never shorter than 8', () => {
    expect(shortLength([])).toBe(8);
    expect(shortLength(['aaaaaaaaaaaa', 'bbbbbbbbbbbb'])).toBe(8);
    expect(shortLength(['aaaaaaaaaa11', 'bbbbbbbbbbbb', 'aaaaaaaaaa22'])).toBe(11);
  });

  test('name one, or say which they could be', () => {
    const ids = ['aaaaaaaaaa11', 'aaaaaaaaaa22', 'bbbb'];
    expect(idThatBeginsWith('bb', ids, dlq)).toBe('bbbb');
    expect(idThatBeginsWith('aaaaaaaaaa2', ids, dlq)).toBe('aaaaaaaaaa22');
    expect(() => idThatBeginsWith('aaaa', ids, dlq)).toThrow(
      '2 ids begin with "aaaa" (aaaaaaaaaa1, aaaaaaaaaa2): type more of it.',
    );
    expect(() => idThatBeginsWith('cccc', ids, dlq)).toThrow(/Nothing in the DLQ/);
  });

  test('that are whole name themselves, though others begin so', () => {
    expect(idThatBeginsWith('aaaa', ['aaaa', 'aaaab'], dlq)).toBe('aaaa');
  });
});

describe('what DLQ and table say of one another', () => {
  const now = Date.parse('2026-03-20T00:00:00.000Z');
  const recent = { parkedAt: '2026-03-19T00:00:00.000Z' };
  const old = { parkedAt: '2026-03-06T00:00:00.000Z' };

  test.each<[string, number, { parkedAt: string }[], RegExp[]]>([
    ['agree on nothing', 0, [], [/0 messages in the DLQ, 0 parked/]],
    ['agree', 1, [recent], [/1 message in the DLQ, 1 parked/]],
    [
      'agree, though SQS dropped one',
      1,
      [recent, old],
      [/2 parked/, /1 of the table's was parked more than 14 days/],
    ],
    ['SQS moved one itself', 2, [recent], [/2 messages/, /1 more in the DLQ/, /known order/, /--preview/]],
    ['one is being redriven', 0, [recent], [/1 parked/, /1 fewer in the DLQ/]],
    [
      'one was dropped, another moved',
      1,
      [old],
      [/1 parked/, /1 of the table's/, /1 more in the DLQ/, /./, /./],
    ],
  ])('%s', (_what, inDlq, parked, expected) => {
    expect(compare('winkelstraat', inDlq, parked, now)).toEqual(
      expected.map((line) => expect.stringMatching(line)),
    );
  });
});

test('turns are spread evenly, and time that passed without one is not made up for', async () => {
  let now = 0;
  const turns: number[] = [];
  const turn = rateLimiter(10, {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  });
  const take = async (): Promise<void> => {
    await turn();
    turns.push(now);
  };
  for (let count = 0; count < 4; count += 1) await take();
  now = 5000;
  for (let count = 0; count < 2; count += 1) await take();
  expect(turns).toEqual([0, 100, 200, 300, 5000, 5100]);
});

test.each(['000000549', 'a#b', 'a%23b', '%', ''])(
  'the key of a delivery of order %j tells it again',
  (orderId) => {
    expect(deliveryOf(keys.event(orderId, 'event'))).toEqual({ orderId, eventId: 'event' });
  },
);

test('other keys are no delivery', () => {
  expect(deliveryOf(keys.rma('000000549', '1'))).toBeUndefined();
  expect(deliveryOf(keys.retailer)).toBeUndefined();
});
