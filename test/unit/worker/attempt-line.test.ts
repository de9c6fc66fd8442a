import { jest } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { type Envelope, writeEnvelope } from '../../../lib/webhooks/envelope.ts';
import { workerHandler } from '../../../lib/worker/worker-handler.ts';
import { unanswered } from '../../support/doubles/igf-replies.ts';
import { type Delivery, order, rma, shipment } from '../../support/webhooks.ts';
import { logged, workplace } from './workplace.ts';

const lines = logged();
const hour = 3_600_000;
const day = 24 * hour;

/** A worker whose metrics are read from what it writes past the log. */
function worker() {
  const place = workplace();
  const written: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(String(line));
    return true;
  });
  process.env.METRIC_NAMESPACE = 'bridge';
  const queue = { delay: async () => {}, park: async () => {} };
  const handle = workerHandler({ ...place.dependencies, queue });
  const receivedAt = place.iso();
  return {
    ...place,
    /** Processes a webhook that has waited for some milliseconds. @returns the line of the attempt, and its metrics */
    async attempt({ webhook, payload }: Delivery, waitedMs: number, count = 1) {
      place.clock.now = Date.parse(receivedAt) + waitedMs;
      const attributes = {
        ApproximateReceiveCount: String(count),
        SentTimestamp: String(Date.parse(receivedAt)),
      };
      const envelope: Envelope = {
        schema: 1,
        id: `${webhook}-1`,
        webhook,
        version: '1',
        receivedAt,
        correlationId: 'c-1',
        payload,
      };
      const body = writeEnvelope(envelope);
      const Records = [{ messageId: 'm-1', receiptHandle: 'r-1', body, attributes } as unknown as SQSRecord];
      await handle({ Records }, { getRemainingTimeInMillis: () => 30_000 });
      const { _aws, ...metrics } = JSON.parse(written.at(-1) ?? '{}');
      return { line: lines.at(-1), metrics };
    },
  };
}

afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.METRIC_NAMESPACE;
});

const ids = { correlationId: 'c-1', orderId: order };

describe('the line of an attempt', () => {
  test('says what became of a webhook, by which rule, and how long it took', async () => {
    const { attempt } = worker();

    expect(await attempt(rma(), 1500)).toEqual({
      line: {
        ...{ step: 'done', webhook: 'stock-hub/v1/rma', eventId: 'stock-hub/v1/rma-1', ...ids },
        ...{ attempt: 1, ageSeconds: 2, ms: 0, outcome: 'done', rule: 'awaiting-shipment', written: 2 },
      },
      metrics: { 'done-seconds': 1.5 },
    });
  });

  test('says why a message is retried, and when', async () => {
    const { attempt, igf } = worker();
    await attempt(rma(), 0);
    igf.next('listings.create', unanswered);

    expect(await attempt(shipment(), hour, 9)).toEqual({
      line: {
        ...{ step: 'retry', webhook: 'stock-hub/v1/shipment', eventId: 'stock-hub/v1/shipment-1', ...ids },
        ...{ attempt: 9, ageSeconds: 3600, ms: 0, outcome: 'retry', rule: 'list', written: 1 },
        ...{ inSeconds: expect.any(Number), reason: expect.any(String) },
      },
      metrics: { 'igf-down-seconds': 3600 },
    });
  });

  test('says why a message is parked', async () => {
    const { attempt, igf } = worker();
    await attempt(rma(), 0);
    igf.next('listings.create', unanswered);

    const { line } = await attempt(shipment(), day, 40);

    expect(line).toMatchObject({ step: 'parked', attempt: 40, outcome: 'retry', rule: 'list' });
    expect(line).toMatchObject({ reason: expect.stringMatching(/^Failed for 24 hours/) });
  });
});
