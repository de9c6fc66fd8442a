import type { SQSRecord } from 'aws-lambda';
import { worker } from '../../functions/wiring/worker.ts';
import { lambdaEnvironment } from '../../infra/local/stack-functions.ts';
import { failuresUntilOpen } from '../../lib/config/timing.ts';
import { eventId, writeEnvelope } from '../../lib/webhooks/envelope.ts';
import { logLines } from '../support/log-lines.ts';
import { v2Rma } from '../support/webhooks.ts';
import { type Stack, startWorld, type World } from '../support/world.ts';

let world: World;
let stack: Stack;
const before = { ...process.env };

beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  process.env = before;
  await world?.close();
});
beforeEach(async () => {
  stack = await world.deploy();
  await world.igf.forget();
  logLines.length = 0;
});

/** A deployed execution environment, with other variables if a test sets them. */
function environment(variables: Record<string, string> = {}) {
  const part = stack.feed.function;
  const { addresses } = world;
  const usual = lambdaEnvironment(part, { addresses, speed: 1, shortestClaimSeconds: 0 });
  Object.assign(process.env, usual, { IGF_BASE_URL: addresses.igf }, variables);
  const handler = worker('winkelstraat');
  /** Processes a return of a new order. */
  return async (order: string, msLeft = 30_000): Promise<void> => {
    const { webhook, payload } = v2Rma({ order: { ...Object(v2Rma().payload.order), order_id: order } });
    const now = new Date().toISOString();
    const id = eventId(webhook, payload);
    const body = writeEnvelope({
      ...{ schema: 1, id, webhook, version: '1.0', receivedAt: now, correlationId: 'a-correlation', payload },
    });
    const attributes = { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) };
    const record = { messageId: order, receiptHandle: 'none', body, attributes } as unknown as SQSRecord;
    await handler({ Records: [record] }, { getRemainingTimeInMillis: () => msLeft });
  };
}

test('the deployed worker stops calling IGF when it is down, and logs it', async () => {
  await world.igf.fault({ operation: '*', status: 503, times: 1000 });
  const task = environment();
  for (let order = 0; order < 3 * failuresUntilOpen; order += 1) await task(`down-${order}`);

  expect(await world.igf.requests()).toHaveLength(failuresUntilOpen);
  expect(logLines.filter(({ step }) => step === 'igf-down')).toEqual([
    { step: 'igf-down', reason: 'ItGoesForward is down (POST /listings: IGF answered 503)' },
  ]);
});

test('each execution environment has its own circuit breaker', async () => {
  await world.igf.fault({ operation: '*', status: 503, times: 1000 });
  for (const name of ['one', 'other']) {
    const task = environment();
    for (let order = 0; order < 2 * failuresUntilOpen; order += 1) await task(`${name}-${order}`);
  }
  expect(await world.igf.requests()).toHaveLength(2 * failuresUntilOpen);
});

test('the deployed worker keeps its rate, and leaves calls that would outlast the invocation to a later attempt', async () => {
  const task = environment({ IGF_CALLS_PER_SECOND: '0.01' });
  await task('at-once');
  await task('would-wait');
  expect(await world.igf.requests()).toHaveLength(1);
  expect(logLines.filter(({ step }) => step === 'done')).toHaveLength(1);
});
