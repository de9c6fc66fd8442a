import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AlarmReport } from '../../../infra/local/cloudwatch/cloudwatch.ts';
import type { Kill } from '../../../infra/local/lambda-function.ts';
import type { LocalRuntime } from '../../../infra/local/runtime.ts';
import { type Json, pushApiRma } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { newLocalFolder } from '../../support/local-folder.ts';
import { startRuntime } from '../../support/local-runtime.ts';
import { runOps } from '../../support/ops.ts';

/** An hour takes twelve seconds. Much faster, a busy machine that pauses would look like a queue that nobody polls. */
const speed = 300;
/** How long an alarm may take, in real milliseconds. The slowest needs two hours. */
/** How many invocations run at once: more than the other tests need. */
const accountConcurrency = 20;

const folder = newLocalFolder();
let runtime: LocalRuntime;
/** The functions that crash in every invocation, by the ends of their names. */
const crashing = new Set<string>();
/** The alarms that ever rang, without their stage. */
const rang = new Set<string>();
const environment = { ...process.env };
let orders = 0;

const noteAlarm = (line: string): void => {
  const [, name] = / alarm +returns-bridge-local-(\S+)/.exec(line) ?? [];
  if (name) rang.add(name);
};

/** Ends an invocation as soon as it runs. */
function crash(name: string, kill: Kill): void {
  if (![...crashing].some((end) => name.endsWith(end))) return;
  const end = Date.now() + 5000;
  const timer = setInterval(() => {
    if (kill() || Date.now() > end) clearInterval(timer);
  }, 1);
}

beforeAll(async () => {
  runtime = await startRuntime({
    speed,
    folder,
    accountConcurrency,
    withoutTriggers: ['IgfWorker', 'ReconcilerFunction'],
    onInvocation: crash,
    onLine: noteAlarm,
  });
  process.env.LOCAL_FOLDER = folder;
});
afterAll(async () => {
  process.env = environment;
  await runtime?.[Symbol.asyncDispose]();
});

async function post(path: string, body: Json, key = 'local-winkelstraat-key'): Promise<number> {
  const answer = await fetch(`${runtime.urls.api}/winkelstraat/${path}`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'x-version': '1.0', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.status;
}

/** A new return that is forwarded. */
async function newReturn(): Promise<void> {
  orders += 1;
  const order = { ...(pushApiRma().order as Json), order_id: `order-${orders}` };
  expect(await post('push-api/v2/rma', pushApiRma({ rma_id: `R${orders}`, order }))).toBe(202);
}

async function control(method: string, path: string, body?: Json): Promise<void> {
  const url = new URL(`/_simulator${path}`, runtime.urls.igf);
  const answer = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  expect(answer.ok).toBe(true);
}
const igfAnswers = (status: number, operation = '*', times = 100_000): Promise<void> =>
  control('POST', '/faults', { operation, status, times });
const igfIsWell = (): Promise<void> => control('DELETE', '/faults');

async function alarm(name: string): Promise<AlarmReport | undefined> {
  const reports = (await (await fetch(`${runtime.urls.api}/_local/alarms`)).json()) as AlarmReport[];
  return reports.find((report) => report.name === `returns-bridge-local-${name}`);
}
const is = (state: AlarmReport['state'], name: string): Promise<AlarmReport> =>
  eventually(`${name} is ${state}`, async () => {
    const report = await alarm(name);
    return report?.state === state && report;
  });
const rings = (name: string): Promise<AlarmReport> => is('ALARM', name);
const isOver = (name: string): Promise<AlarmReport> => is('OK', name);

test('Winkelstraat shows an old key', async () => {
  for (let times = 0; times < 3; times += 1)
    expect(await post('push-api/v2/rma', pushApiRma(), 'the-old-key')).toBe(401);
  const { text } = await rings('wrong-key');
  expect(text).toMatch(/^A sender shows a key that is not the one in its secret: Winkelstraat in x-api-key/);
});

test('more calls come at once than the account may run', async () => {
  const stop = new AbortController();
  const sender = (async () => {
    while (!stop.signal.aborted) {
      // A function answers in a millisecond, so many more come than may run.
      const posts = Array.from({ length: 20 * accountConcurrency }, () =>
        post('push-api/v2/rma', pushApiRma(), 'the-old-key'),
      );
      await Promise.all(posts);
      await setTimeout(200);
    }
  })();
  await rings('functions-throttled').finally(() => stop.abort());
  await sender;
});

test('IGF refuses a listing and its message is parked, until it is redriven', async () => {
  await igfAnswers(400, 'POST /listings', 1);
  await newReturn();
  await rings('winkelstraat-dlq-not-empty');
  expect(await runOps('parked', 'redrive', '--local')).toMatchObject({ code: 0 });
  await isOver('winkelstraat-dlq-not-empty');
});

test("the trigger of IGF's worker is disabled while its events come", async () => {
  // IGF has sent an event about the listing.
  await rings('igf-not-polled');
});

test('a function that receives webhooks crashes, and the API answers 5xx', async () => {
  crashing.add('WinkelstraatStockHubV1Invoice');
  const stop = new AbortController();
  const sender = (async () => {
    while (!stop.signal.aborted) {
      expect(await post('stock-hub/v1/invoice', {})).toBe(500);
      await setTimeout(100);
    }
  })();
  await rings('server-errors').finally(() => stop.abort());
  await sender;
});

test("Winkelstraat's worker crashes", async () => {
  crashing.add('WinkelstraatWorker');
  await newReturn();
  await Promise.all([rings('winkelstraat-worker-errors'), rings('winkelstraat-worker-fails-always')]);
  crashing.clear();
  await isOver('winkelstraat-worker-fails-always');
});

test('IGF refuses our key', async () => {
  await igfAnswers(401);
  for (let times = 0; times < 3; times += 1) await newReturn();
  await rings('igf-key-refused');
  await igfIsWell();
});

test('IGF is down for more than an hour', async () => {
  await igfAnswers(503);
  await newReturn();
  await rings('igf-down');
  await igfIsWell();
});

test('the schedule of the reconciler is stopped', async () => {
  await rings('reconciler-stopped');
});

test('no other alarm rang, and the terminal showed each', () => {
  // The watch is one of the functions that Lambda may have refused to start. On a slow machine a fault lasts an hour.
  const others = rang.difference(new Set(['watch-stopped', 'retried-for-an-hour']));
  expect([...others].sort()).toEqual([
    'functions-throttled',
    'igf-down',
    'igf-key-refused',
    'igf-not-polled',
    'reconciler-stopped',
    'server-errors',
    'winkelstraat-dlq-not-empty',
    'winkelstraat-worker-errors',
    'winkelstraat-worker-fails-always',
    'wrong-key',
  ]);
});
