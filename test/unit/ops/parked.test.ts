import { idThatBeginsWith, shortLength } from '../../../infra/cli/short-ids.ts';
import { compareCounts } from '../../../infra/ops/commands/parked.ts';
import { deliveryOf, keys } from '../../../lib/table/keys.ts';
import { runOps } from '../../support/ops.ts';

test.each([
  [
    ['parked', 'redrive', '--webhook', 'rma'],
    /'rma' is invalid. Give one of push-api\/v1\/rma-item, .*bridge\/v1\/advance, .*v1\/shipped/,
  ],
  [['parked', 'redrive', '--id', 'abc'], /'--id <id>' argument 'abc' is invalid. Give at least 4 characters/],
  [['parked', 'redrive', '--per-second', '0'], /'0' is invalid. Give a whole number from 1 to 500/],
  [['parked', 'redrive', '--per-second', '2.5'], /a whole number from 1 to 500/],
  [['parked', 'redrive', '--per-second', 'fast'], /'fast' is invalid/],
  [['parked', 'redrive', '--previw'], /unknown option '--previw' \(Did you mean --preview\?\)/],
  [['parked', 'redirve'], /unknown command 'redirve' \(Did you mean redrive\?\)/],
  [['parkd'], /unknown command 'parkd' \(Did you mean parked\?\)/],
])('%j is typed wrong: exit code 2 and one line', async (args, message) => {
  const { code, lines, complaints } = await runOps(...args);
  expect({ code, lines }).toEqual({ code: 2, lines: [] });
  expect(complaints).toEqual([expect.stringMatching(message)]);
  expect(complaints[0]).not.toContain('\n');
});

test('both commands have help, also by the alias "failed"', async () => {
  expect((await runOps('parked', '--help')).text).toMatch(/Lists the deliveries that the worker parked/);
  expect((await runOps('failed', '--help')).text).toMatch(/Lists the deliveries that the worker parked/);
  expect((await runOps('failed', 'redrive', '--help')).text).toMatch(
    /--dry-run [\s\S]*--preview [\s\S]*--webhook <name> /,
  );
});

describe('short ids', () => {
  const dlq = { place: 'the DLQ', listedBy: 'npx bridge parked --stage prod' };

  test('are long enough to differ, and never shorter than 8', () => {
    expect(shortLength([])).toBe(8);
    expect(shortLength(['aaaaaaaaaaaa', 'bbbbbbbbbbbb'])).toBe(8);
    expect(shortLength(['aaaaaaaaaa11', 'bbbbbbbbbbbb', 'aaaaaaaaaa22'])).toBe(11);
  });

  test('name one, or say which they could be', () => {
    const ids = ['aaaaaaaaaa11', 'aaaaaaaaaa22', 'bbbb'];
    expect(idThatBeginsWith('bb', ids, dlq)).toBe('bbbb');
    expect(idThatBeginsWith('aaaaaaaaaa2', ids, dlq)).toBe('aaaaaaaaaa22');
    expect(() => idThatBeginsWith('aaaa', ids, dlq)).toThrow(
      '2 ids begin with "aaaa" (aaaaaaaaaa1, aaaaaaaaaa2): type more characters.',
    );
    expect(() => idThatBeginsWith('cccc', ids, dlq)).toThrow(
      'No ids in the DLQ begin with "cccc": npx bridge parked --stage prod lists them.',
    );
  });

  test('name an id that is complete, though a longer one begins with it', () => {
    expect(idThatBeginsWith('aaaa', ['aaaa', 'aaaab'], dlq)).toBe('aaaa');
  });
});

describe('the comparison of DLQ and table', () => {
  const now = Date.parse('2026-03-20T00:00:00.000Z');
  const recent = { parkedAt: '2026-03-19T00:00:00.000Z' };
  const old = { parkedAt: '2026-03-06T00:00:00.000Z' };

  test.each<[string, number, { parkedAt: string }[], RegExp[]]>([
    ['both are empty', 0, [], [/0 messages in the DLQ, 0 parked/]],
    ['agree', 1, [recent], [/1 message in the DLQ, 1 parked/]],
    [
      'agree, and SQS dropped one',
      1,
      [recent, old],
      [/2 parked/, /1 of the table's was parked more than 14 days/],
    ],
    [
      'SQS moved one itself',
      2,
      [recent],
      [/2 messages/, /1 more in the DLQ/, /no known order/, /parked twice/, /--dry-run/],
    ],
    ['one is being redriven', 0, [recent], [/1 parked/, /1 fewer in the DLQ/]],
    [
      'one was dropped, another moved',
      1,
      [old],
      [/1 parked/, /1 of the table's/, /1 more in the DLQ/, /./, /./, /./],
    ],
  ])('%s', (_what, inDlq, parked, expected) => {
    expect(compareCounts('winkelstraat', inDlq, parked, now, 'prod')).toEqual(
      expected.map((line) => expect.stringMatching(line)),
    );
  });
});

test.each(['000000549', 'a#b', 'a%23b', '%', ''])(
  'the key of a delivery of order %j names that order',
  (orderId) => {
    expect(deliveryOf(keys.event(orderId, 'event'))).toEqual({ orderId, eventId: 'event' });
  },
);

test('other keys name no delivery', () => {
  expect(deliveryOf(keys.rma('000000549', '1'))).toBeUndefined();
  expect(deliveryOf(keys.retailer)).toBeUndefined();
});
