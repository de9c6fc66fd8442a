import { narration } from '../../../infra/cli/narration.ts';
import { duration } from '../../../infra/cli/output.ts';
import type { Failure } from '../../../infra/local/lambda-function.ts';

const failure: Failure = {
  kind: 'crash',
  errorType: 'RangeError',
  errorMessage: 'too far',
  stackTrace: ['RangeError: too far', '    at walk (lib/a.ts:1:2)'],
};

const day = '── 2026-01-01 UTC ──';
const hour = 3_600_000;

/** A log whose clock stands at 14:03:12, until it is told that time has passed. The line of the first day is left out. */
function watch({ colours = false, columns }: { colours?: boolean; columns?: number } = {}) {
  const lines: string[] = [];
  let at = Date.UTC(2026, 0, 1, 14, 3, 12);
  const write = (line: string): unknown => line.includes(day) || lines.push(line);
  const watched = narration({ write, colours, now: () => at, columns: () => columns });
  const log = (message: unknown, level = 'INFO') =>
    watched.functionLog('Worker', JSON.stringify({ level, message }));
  const later = (milliseconds: number): void => {
    at += milliseconds;
  };
  return { lines, watched, log, later };
}

describe('a line for each step', () => {
  test.each([
    [
      { step: 'queued', webhook: 'stock-hub/v1/rma', eventId: '3f2a91c0deadbeef' },
      'queued        stock-hub/v1/rma  event 3f2a91c0',
    ],
    [
      { step: 'recorded', webhook: 'stock-hub/v1/rma', orderId: '000000549' },
      'recorded      stock-hub/v1/rma  order 000000549',
    ],
    [
      {
        step: 'decided',
        orderId: '000000549',
        returnId: '000000093/90',
        state: 'Listing',
        why: 'It can go to another.',
      },
      'decided       order 000000549  return 000000093/90  → Listing  It can go to another.',
    ],
    [{ step: 'called', operation: 'POST /listings', status: 201 }, 'called        POST /listings 201'],
    [
      { step: 'retry', webhook: 'stock-hub/v1/rma', inSeconds: 33.4, reason: 'IGF answered 500' },
      'retry         in 33 s  stock-hub/v1/rma  IGF answered 500',
    ],
    [
      {
        step: 'attention',
        orderId: '000000549',
        returnId: '000000093/90',
        reason: 'Refund due: EUR 268.00.',
      },
      'attention     order 000000549  return 000000093/90  Refund due: EUR 268.00.',
    ],
    [{ step: 'parked', reason: 'IGF refused it' }, 'parked        IGF refused it'],
    [
      { step: 'reconciled', reviewed: 3, repaired: 1, failed: 0, calls: 5 },
      'reconciled    reviewed 3, repaired 1',
    ],
    [
      { step: 'reconciled', reviewed: 5, repaired: 0, failed: 5, why: 'ItGoesForward does not answer' },
      'reconciled    reviewed 5, repaired 0, failed 5  ItGoesForward does not answer',
    ],
    [
      {
        step: 'not-accepted',
        webhook: 'a',
        status: 406,
        reason: 'Not acceptable',
        faults: 'items is required',
      },
      'not-accepted  a  406  Not acceptable  items is required',
    ],
  ])('shows %j', (message, line) => {
    const { lines, log } = watch();
    log(message);
    expect(lines).toEqual([`14:03:12Z  ${line}`]);
  });

  test('shows what came in at the gateway', () => {
    const { lines, watched } = watch();
    watched.gateway({ kind: 'received', route: 'POST /winkelstraat/stock-hub/v1/rma' });
    expect(lines).toEqual(['14:03:12Z  received      stock-hub/v1/rma']);
  });

  test('shows what the gateway answered by itself', () => {
    const { lines, watched } = watch();
    watched.gateway({ kind: 'answered', method: 'POST', path: '/igf/v1/refnud/…', status: 404 });
    expect(lines).toEqual(['14:03:12Z  answered      POST /igf/v1/refnud/…  404']);
  });
});

describe('what was said before', () => {
  const id = '3f2a91c0deadbeef';
  const outage = [
    { step: 'decided', eventId: id, returnId: '93/90', state: 'Listing', why: 'It can go to another.' },
    { step: 'called', operation: 'POST /listings', status: 503 },
    { step: 'retry', eventId: id, inSeconds: 33, reason: 'IGF answered 503' },
  ];

  test('is not said again at a repeated retry, and is summed up once an hour', () => {
    const { lines, log, later } = watch();
    for (const message of outage) log(message);
    expect(lines).toHaveLength(3);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      later(hour / 4);
      for (const message of outage) log(message);
    }
    expect(lines.slice(3)).toEqual([
      '15:18:12Z  retried       1 message again, 5 attempts in 1 h, for the reasons above',
    ]);
  });

  test('gives way to what is new: another reason, an answer, the end', () => {
    const { lines, log } = watch();
    for (const message of [...outage, ...outage]) log(message);
    log({ step: 'retry', eventId: id, inSeconds: 60, reason: 'IGF answered 500' });
    log({ step: 'called', operation: 'POST /listings', status: 201 });
    log({ step: 'called', operation: 'POST /listings', status: 201 });
    log({ step: 'done', eventId: id, attempt: 4 });
    log({ step: 'called', operation: 'POST /listings', status: 503 });
    expect(lines.slice(3).map((line) => line.slice(11))).toEqual([
      'retry         in 60 s  event 3f2a91c0  IGF answered 500',
      'called        POST /listings 201',
      'called        POST /listings 201',
      'done          event 3f2a91c0  attempt 4',
      'called        POST /listings 503',
    ]);
  });

  test('marks a webhook that was delivered before', () => {
    const { lines, log } = watch();
    for (const eventId of [id, 'aaaaaaaabbbbbbbb', id]) log({ step: 'queued', webhook: 'w', eventId });
    expect(lines.map((line) => line.slice(25))).toEqual([
      'w  event 3f2a91c0',
      'w  event aaaaaaaa',
      'known already  w  event 3f2a91c0',
    ]);
  });
});

test('a line says when a day begins, on the local clock', () => {
  const { lines, log, later } = watch();
  log({ step: 'igf-up' });
  later(10 * hour);
  log({ step: 'igf-up' });
  expect(lines).toEqual(['14:03:12Z  igf-up', '── 2026-01-02 UTC ──', '00:03:12Z  igf-up']);
});

test('on a narrow terminal lines break at words, and go on below their step', () => {
  const { lines, log } = watch({ columns: 60 });
  log({ step: 'parked', reason: 'ItGoesForward refused it, because the article has no size' });
  expect(lines).toEqual([
    '14:03:12Z  parked        ItGoesForward refused it, because',
    '           the article has no size',
  ]);
});

describe('what is not shown', () => {
  test('is the id of a run of the reconciler, which is no event', () => {
    const { lines, log } = watch();
    log({ step: 'repaired', eventId: 'reconciler-4d9c', orderId: '1', state: 'Listed' });
    expect(lines).toEqual(['14:03:12Z  repaired      order 1  → Listed']);
  });

  test('is any field beside the known ones', () => {
    const { lines, log } = watch();
    log({ step: 'recorded', orderId: '1', email: 'jan@example.com', payload: { name: 'Jan' } });
    expect(lines).toEqual(['14:03:12Z  recorded      order 1']);
  });

  test('is a line that is neither a step nor a warning', () => {
    const { lines, log, watched } = watch();
    log('just text');
    log({ any: 'thing' });
    watched.functionLog('Worker', '{"_aws":{"Timestamp":1},"Accepted":1}');
    watched.functionLog('Worker', '');
    expect(lines).toEqual([]);
  });

  test('is a control character from outside', () => {
    const { lines, log } = watch();
    log({ step: 'parked', reason: 'a\u001b[31mred\nb\u0007' });
    expect(lines).toEqual(['14:03:12Z  parked        ared b']);
  });

  test('is colour, unless it is enabled', () => {
    const { lines, log } = watch({ colours: true });
    log({ step: 'parked', reason: 'x' });
    expect(lines[0]).toContain('\u001b[31mparked');
  });
});

describe('errors', () => {
  test('of a message’s attempt say when it is tried again, and where it failed', () => {
    const { lines, watched } = watch();
    watched.attemptFailed('Worker', failure, {
      receiveCount: 3,
      maxReceiveCount: 500,
      retryInSeconds: 180,
    });
    expect(lines).toEqual([
      '14:03:12Z  crashed       Worker  attempt 3 of 500, retry in 3 min  RangeError: too far',
      '            at walk (lib/a.ts:1:2)',
    ]);
  });

  test('say when SQS parks the message', () => {
    const { lines, watched } = watch();
    watched.attemptFailed('Worker', failure, { receiveCount: 5, maxReceiveCount: 5, retryInSeconds: 1 });
    expect(lines[0]).toContain('attempt 5 of 5, SQS moves it to the DLQ');
  });

  test('of an ingest function and of the log are shown', () => {
    const { lines, watched, log } = watch();
    watched.gateway({ kind: 'failed', route: 'POST /winkelstraat/x', failure });
    log({ errorType: 'TypeError', errorMessage: 'no', stackTrace: ['TypeError: no', '    at a'] }, 'ERROR');
    log('disk full', 'WARN');
    watched.functionLog('Worker', '(node:1) Warning: old');
    expect(lines).toEqual([
      '14:03:12Z  crashed       x  RangeError: too far',
      '            at walk (lib/a.ts:1:2)',
      '14:03:12Z  error         Worker  TypeError: no',
      '            at a',
      '14:03:12Z  warn          Worker  disk full',
      '14:03:12Z  log           Worker  (node:1) Warning: old',
    ]);
  });

  test('that come from stopping are not shown', () => {
    const { lines, watched } = watch();
    const stopped: Failure = { ...failure, kind: 'stopped' };
    watched.gateway({ kind: 'failed', route: 'POST /a/b', failure: stopped });
    watched.attemptFailed('Worker', stopped, { receiveCount: 1, maxReceiveCount: 2, retryInSeconds: 1 });
    expect(lines).toEqual([]);
  });
});

test('an invocation that Lambda itself ended is a crash', () => {
  const { lines, watched } = watch();
  const report = (record: object) =>
    watched.functionLog('Worker', JSON.stringify({ type: 'platform.report', record }));
  report({ status: 'error', errorType: 'Runtime.OutOfMemory' });
  report({ status: 'timeout' });
  expect(lines).toEqual([
    '14:03:12Z  crashed       Worker  error  Runtime.OutOfMemory',
    '14:03:12Z  crashed       Worker  timeout',
  ]);
});

test.each([
  [0.4, '0 s'],
  [45, '45 s'],
  [-5, '0 s'],
  [119.4, '119 s'],
  [127, '2 min 7 s'],
  [480, '8 min'],
  [3600, '1 h'],
  [3900, '1 h 5 min'],
  [86400, '1 d'],
  [100_800, '1 d 4 h'],
])('says %d seconds as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
