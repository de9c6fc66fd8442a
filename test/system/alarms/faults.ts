import { expect } from '@jest/globals';
import { rightKey, rmaPath, type SimulatedStage } from './simulated-stage.ts';

/** What goes wrong, and the alarms that ring by it, each with the minutes after which it rings at the latest. */
export interface Fault {
  readonly fault: string;
  readonly rings: Readonly<Record<string, number>>;
  readonly begins: (stage: SimulatedStage) => Promise<unknown> | unknown;
  /** How long the stage is watched, in hours. */
  readonly hours: number;
  /** The fault is over after so many minutes. At the end no alarm may ring any more. */
  readonly over?: {
    readonly afterMinutes: number;
    readonly by: (stage: SimulatedStage) => Promise<unknown> | unknown;
  };
  /** Called at every minute. */
  readonly each?: (stage: SimulatedStage, minute: number) => Promise<unknown> | unknown;
}

const everyMinute = (minutes: number, minute: number): boolean => minute % minutes === 0;
const many = 100_000;
const igfAnswers = (stage: SimulatedStage, status: number, operation = '*', times = many) =>
  stage.igf('/_simulator/faults', { operation, status, times });
const igfIsWell = (stage: SimulatedStage) => stage.igf('/_simulator/faults', undefined, 'DELETE');
const ingestOfWinkelstraat = (stage: SimulatedStage) =>
  stage.functions().filter((name) => /-Winkelstraat(PushApi|StockHub|Unknown)/.test(name));
const ingestOfIgf = (stage: SimulatedStage) => stage.functions().filter((name) => /-IgfV1/.test(name));
const everyFunction = (stage: SimulatedStage) => stage.functions();

const refusedRma = async (stage: SimulatedStage): Promise<void> => {
  await igfAnswers(stage, 400, 'POST /listings', 1);
  expect(await stage.post(rmaPath, stage.rma())).toBe(202);
};

/** Somebody buys the first listing that nobody has bought, and it arrives there. */
async function forward(stage: SimulatedStage): Promise<void> {
  const listings = (await stage.igf('/api/v1/listings/all', undefined, 'GET')) as {
    id: number;
    status: string;
  }[];
  const listingId = listings.find(({ status }) => status === 'Available')?.id;
  if (listingId === undefined) return;
  await stage.igf('/_simulator/orders', { listingId, webshopOrderId: `WEB-${listingId}` });
  for (const eventType of ['LABELED', 'SHIPPED', 'COMPLETED', 'REFUND'])
    await stage.igf('/_simulator/events', { eventType, listingId });
}

/** What goes wrong on an ordinary day, and heals by itself. */
async function busyDay(stage: SimulatedStage, minute: number): Promise<void> {
  const [hour, past] = [Math.floor(minute / 60), minute % 60];
  if (hour < 14 && everyMinute(15, past)) await stage.post(rmaPath, stage.rma());
  if (past === 35) await forward(stage);
  if (past === 50) await stage.post(rmaPath, '{}', { key: undefined });
  if (minute === 200) stage.wrong.crashing.add('IgfWorker');
  if (minute === 204) stage.wrong.crashing.clear();
  if (minute === 300) await igfAnswers(stage, 500, 'POST /listings', 3);
  if (minute === 400) await igfAnswers(stage, 503);
  if (minute === 425) await igfIsWell(stage);
  if (minute === 500) stage.wrong.key = 'mistyped';
  if (minute === 511) stage.wrong.key = rightKey;
  // Winkelstraat forgets the version of a webhook, and corrects it.
  if (minute === 600) rejected = stage.rma();
  if (minute === 600 || minute === 605)
    expect(await stage.post(rmaPath, rejected, { version: '' })).toBe(406);
  if (minute === 900) expect(await stage.post(rmaPath, rejected)).toBe(202);
  if (minute === 1440) expect(stage.table.forwarded()).toBeGreaterThan(15);
}
let rejected = '';

export const faults: readonly Fault[] = [
  {
    fault: 'a busy day on which small things go wrong and heal',
    begins: () => {},
    each: busyDay,
    over: { afterMinutes: 0, by: () => {} },
    hours: 25,
    rings: {},
  },
  {
    fault: 'Winkelstraat shows an old key',
    begins: ({ wrong }) => (wrong.key = 'the-old-key'),
    hours: 3,
    rings: { 'wrong-key': 40 },
  },
  {
    fault: 'the secret of the key of Winkelstraat was never filled',
    begins: ({ aws }) => aws.secrets.delete('winkelstraat-key'),
    hours: 3,
    rings: { 'secret-unreadable': 45, 'server-errors': 45 },
  },
  {
    fault: 'the functions may not read their secrets',
    begins: ({ aws }) => (aws.refuses.secrets = true),
    hours: 3,
    rings: { 'secret-unreadable': 45, 'server-errors': 45 },
  },
  {
    fault: 'the functions that receive webhooks crash after a deploy',
    begins: (stage) => {
      for (const name of ingestOfWinkelstraat(stage)) stage.wrong.crashing.add(name);
    },
    hours: 3,
    rings: { 'server-errors': 45 },
  },
  {
    fault: 'the functions that receive the events of IGF crash after a deploy',
    begins: (stage) => {
      for (const name of ingestOfIgf(stage)) stage.wrong.crashing.add(name);
    },
    each: (stage, minute) => everyMinute(20, minute) && forward(stage),
    hours: 3,
    rings: { 'server-errors': 65 },
  },
  {
    fault: 'SQS takes no message',
    begins: ({ aws }) => (aws.refuses.sendMessage = true),
    hours: 3,
    rings: { 'server-errors': 45 },
  },
  {
    fault: 'the API admits too few requests',
    begins: ({ wrong }) => (wrong.gatewayRefuses = 429),
    hours: 3,
    rings: { 'throttled-requests': 45 },
  },
  {
    fault: "the account's concurrency is used up",
    begins: (stage) => {
      for (const name of everyFunction(stage)) stage.wrong.throttled.add(name);
    },
    over: { afterMinutes: 65, by: ({ wrong }) => wrong.throttled.clear() },
    hours: 8,
    rings: {
      'server-errors': 45,
      'functions-throttled': 30,
      'watch-stopped': 65,
    },
  },
  {
    fault: 'Winkelstraat posts to a URL of no webhook, with the right key',
    begins: ({ wrong }) => (wrong.pathEnd = '-item-v9'),
    hours: 3,
    rings: { 'unknown-route': 15 },
  },
  {
    fault: 'Winkelstraat posts to a URL with a slash at its end',
    begins: ({ wrong }) => (wrong.pathEnd = '/'),
    hours: 3,
    rings: {},
  },
  {
    fault: 'a stranger without a key tries many URLs',
    begins: () => {},
    each: async (stage) => {
      for (const path of [rmaPath, '/winkelstraat/.env', '/wp-login.php'])
        expect([401, 404]).toContain(await stage.post(path, '{}', { key: undefined }));
    },
    hours: 2,
    rings: {},
  },
  {
    fault: 'a webhook is too large to be kept',
    begins: async (stage) => {
      expect(await stage.post(rmaPath, stage.rma({ name: 'x'.repeat(500_000) }))).toBe(413);
    },
    hours: 3,
    rings: { 'not-kept': 1 },
  },
  {
    fault: 'a webhook is too large for the API itself',
    begins: ({ wrong }) => (wrong.gatewayRefuses = 413),
    over: { afterMinutes: 1, by: ({ wrong }) => (wrong.gatewayRefuses = undefined) },
    each: async (stage, minute) => minute === 0 && expect(await stage.post(rmaPath, stage.rma())).toBe(413),
    hours: 3,
    rings: { 'not-kept': 2 },
  },
  {
    fault: 'a webhook that is too large to be accepted is kept',
    begins: async (stage) => {
      expect(await stage.post(rmaPath, stage.rma({ name: 'x'.repeat(300_000) }))).toBe(413);
    },
    hours: 3,
    rings: {},
  },
  {
    fault: 'one webhook fails at every attempt, once an hour',
    begins: () => {},
    each: async (stage, minute) => {
      if (!everyMinute(60, minute)) return;
      for (const name of ingestOfWinkelstraat(stage)) stage.wrong.crashing.add(name);
      expect(await stage.post(rmaPath, stage.rma())).toBe(500);
      stage.wrong.crashing.clear();
    },
    hours: 24,
    rings: { 'server-errors': 2 * 60 + 2 },
  },
  {
    fault: 'Winkelstraat shows an old key once an hour',
    begins: () => {},
    each: async (stage, minute) =>
      everyMinute(60, minute) && expect(await stage.post(rmaPath, stage.rma(), { key: 'old' })).toBe(401),
    hours: 24,
    rings: { 'wrong-key': 2 * 60 + 2 },
  },
  {
    fault: 'Winkelstraat sends no webhook any more',
    begins: ({ wrong }) => (wrong.isSilent = true),
    hours: 26,
    rings: { 'no-webhooks': 24 * 60 + 1 },
  },
  {
    fault: "Winkelstraat's worker crashes once",
    begins: ({ wrong }) => wrong.crashing.add('WinkelstraatWorker'),
    over: { afterMinutes: 11, by: ({ wrong }) => wrong.crashing.clear() },
    hours: 2,
    rings: {},
  },
  {
    fault: "Winkelstraat's worker always crashes",
    begins: ({ wrong }) => wrong.crashing.add('WinkelstraatWorker'),
    hours: 3,
    rings: { 'winkelstraat-worker-errors': 30, 'winkelstraat-worker-fails-always': 30 },
  },
  {
    fault: "IGF's worker always crashes",
    begins: ({ wrong }) => wrong.crashing.add('IgfWorker'),
    over: { afterMinutes: 120, by: ({ wrong }) => wrong.crashing.clear() },
    hours: 5,
    rings: { 'igf-worker-errors': 40, 'igf-worker-fails-always': 40 },
  },
  {
    fault: "the trigger of Winkelstraat's worker is disabled",
    begins: ({ wrong }) => wrong.notInvoked.add('WinkelstraatWorker'),
    over: { afterMinutes: 60, by: ({ wrong }) => wrong.notInvoked.clear() },
    hours: 3,
    rings: { 'winkelstraat-not-polled': 30 },
  },
  {
    fault: 'IGF is down for ten minutes',
    begins: (stage) => igfAnswers(stage, 503),
    over: { afterMinutes: 10, by: igfIsWell },
    hours: 4,
    rings: {},
  },
  {
    fault: 'IGF is down for two hours',
    begins: (stage) => igfAnswers(stage, 503),
    over: { afterMinutes: 120, by: igfIsWell },
    hours: 8,
    rings: { 'igf-down': 90 },
  },
  {
    fault: 'IGF refuses our key',
    begins: (stage) => igfAnswers(stage, 401),
    hours: 3,
    rings: { 'igf-key-refused': 30, 'retried-for-an-hour': 90 },
  },
  {
    fault: 'the secret of our key at IGF is empty',
    begins: ({ aws }) => aws.secrets.delete('igf-key'),
    hours: 3,
    rings: { 'secret-unreadable': 30, 'retried-for-an-hour': 90 },
  },
  {
    fault: 'IGF answers 404 on a path that is only inferred',
    begins: (stage) => igfAnswers(stage, 404, 'GET /listings/{id}'),
    hours: 3,
    rings: { 'path-in-doubt': 125 },
  },
  {
    fault: 'somebody removes a subscription at IGF',
    begins: (stage) => stage.igf('/api/v1/webhooks/eventType/SHIPPED', undefined, 'DELETE'),
    hours: 4,
    rings: { 'subscription-lost': 61 },
  },
  {
    fault: 'IGF refuses a listing, and its message is parked',
    begins: refusedRma,
    hours: 3,
    rings: { 'winkelstraat-dlq-not-empty': 2 },
  },
  {
    fault: 'a second message is parked while the first one rests',
    begins: refusedRma,
    each: (stage, minute) => minute === 60 && refusedRma(stage),
    hours: 3,
    rings: { 'winkelstraat-dlq-not-empty': 2, 'winkelstraat-dlq-grows': 63 },
  },
  {
    fault: 'a parked message becomes ten days old',
    begins: refusedRma,
    each: (stage, minute) => minute === 10 && stage.table.parkedEarlier(9.98),
    hours: 3,
    rings: { 'winkelstraat-dlq-not-empty': 2, 'parked-for-ten-days': 60 },
  },
  {
    fault: "the quarantine's worker can't store a rejected webhook",
    begins: async (stage) => {
      stage.table.refuses = 'rejected deliveries';
      expect(await stage.post(rmaPath, '{}')).toBe(406);
    },
    hours: 3,
    rings: { 'quarantine-waits': 62 },
  },
  {
    fault: 'nobody looks at a rejected webhook',
    begins: async (stage) => {
      expect(await stage.post(rmaPath, '{}')).toBe(406);
      stage.wrong.isSilent = true;
    },
    hours: 19,
    rings: { 'rejected-expiring': 18 * 60 + 16 },
  },
  {
    fault: "the reconciler's rule is disabled",
    begins: ({ wrong }) => wrong.notInvoked.add('ReconcilerFunction'),
    hours: 4,
    rings: { 'reconciler-stopped': 125 },
  },
  {
    fault: 'the index cannot be read for half an hour',
    begins: ({ table }) => (table.refuses = 'queries of the index'),
    over: { afterMinutes: 31, by: ({ table }) => (table.refuses = 'nothing') },
    hours: 3,
    rings: {},
  },
  {
    fault: "the watch's rule is disabled",
    begins: ({ wrong }) => wrong.notInvoked.add('QuarantineWatch'),
    hours: 3,
    rings: { 'watch-stopped': 65 },
  },
  {
    fault: 'the watch may not read the index',
    begins: ({ table }) => (table.refuses = 'queries of the index'),
    hours: 3,
    rings: { 'watch-fails': 65 },
  },
  {
    fault: 'the reconciler crashes',
    begins: ({ wrong }) => wrong.crashing.add('ReconcilerFunction'),
    hours: 4,
    rings: { 'reconciler-fails': 125 },
  },
  {
    fault: 'SNS takes no notices',
    begins: ({ aws }) => (aws.refuses.publish = true),
    each: (stage, minute) =>
      everyMinute(30, minute) && stage.post(rmaPath, stage.rma({ reason: 'a new reason' })),
    hours: 4,
    rings: { 'notices-not-sent': 125, 'retried-for-an-hour': 90 },
  },
  {
    fault: 'the table takes no writes of orders',
    begins: ({ table }) => (table.refuses = 'writes of orders'),
    over: { afterMinutes: 120, by: ({ table }) => (table.refuses = 'nothing') },
    hours: 8,
    rings: { 'retried-for-an-hour': 90 },
  },
];
