import { jest } from '@jest/globals';
import { largestKeptBytes } from '../../lib/config/limits.ts';
import { rejectedRetentionSeconds } from '../../lib/quarantine/rejected-delivery.ts';
import { eventId } from '../../lib/webhooks/envelope.ts';
import { broken, brokenId, eachQuarantine, name } from '../support/each-quarantine.ts';
import { IngestFunction, type Request } from '../support/ingest-function.ts';
import { rma } from '../support/webhooks.ts';
import { senderKey } from '../support/world.ts';

const at = eachQuarantine();

describe('a delivery that is answered 406', () => {
  test('is stored as one readable item, with its errors, which contain no values', async () => {
    const before = Date.now();
    const headers = { 'x-correlation-id': 'abc-1', 'x-version': '2.1.0' };
    expect(await at.ingest.post(broken, { headers })).toMatchObject({ statusCode: 406 });
    await at.quarantine.drain();

    const item = await at.quarantine.item(brokenId);
    const firstSeen = String(item?.firstSeen);
    expect(Date.parse(firstSeen)).toBeGreaterThanOrEqual(before);
    expect(item).toMatchObject({
      webhook: name,
      deliveries: 1,
      lastSeen: firstSeen,
      senderGivesUpAt: new Date(Date.parse(firstSeen) + 24 * 3600_000).toISOString(),
      errors: [{ path: 'increment_id', message: expect.any(String) }],
      body: JSON.stringify(broken.payload),
      version: '2.1.0',
      correlationId: 'abc-1',
      expiresAt: Math.floor(Date.parse(firstSeen) / 1000) + rejectedRetentionSeconds,
      task: 'REJECTED',
      due: item?.senderGivesUpAt,
    });
    expect(JSON.stringify(item?.errors)).not.toMatch(/wsnl|jansen/i);
    expect(rejectedRetentionSeconds).toBe(30 * 24 * 3600);
    expect(await at.ingest.queued()).toEqual([]);
  });

  test('counts its repetitions, and counts none twice when SQS delivers it twice', async () => {
    await at.ingest.post(broken);
    expect(await at.quarantine.drain(3)).toEqual(['acknowledged']);
    expect(await at.quarantine.item(brokenId)).toMatchObject({ deliveries: 1 });

    const { firstSeen } = (await at.quarantine.item(brokenId)) ?? {};
    at.ingest.later(3600_000);
    await at.ingest.post(broken);
    await at.ingest.post(broken);
    await at.quarantine.drain(2);
    const item = await at.quarantine.item(brokenId);
    expect(item).toMatchObject({ deliveries: 3, firstSeen });
    expect(Date.parse(String(item?.lastSeen)) - Date.parse(String(firstSeen))).toBeGreaterThanOrEqual(
      3600_000,
    );
  });

  test('is counted right when workers store many repetitions at once', async () => {
    for (let count = 0; count < 8; count += 1) await at.ingest.post(broken);
    expect(await at.quarantine.drain(2)).toEqual(Array(8).fill('acknowledged'));
    expect(await at.quarantine.item(brokenId)).toMatchObject({ deliveries: 8, rev: 8 });
  });

  test('has the id that it gets when accepted, with any spacing, also without a version', async () => {
    const { payload } = rma();
    const text = JSON.stringify(payload, null, 2);
    expect(await at.posted(text, { headers: { 'x-version': undefined } })).toMatchObject({ statusCode: 406 });
    await at.quarantine.drain();
    const accepted = JSON.parse((await at.ingest.post(rma())).body).id;
    expect(await at.quarantine.item(accepted)).toMatchObject({ body: text, version: '' });
  });

  test.each<[string, Request, number]>([
    ['a stranger sent it', { headers: { 'x-api-key': 'a-wrong-key' }, body: '{' }, 401],
    ['it is too large to be kept', { body: 'x'.repeat(largestKeptBytes + 1) }, 413],
    ['it is valid', {}, 202],
  ])('is stored, but another answer is not: not when %s', async (_why, request, status) => {
    expect(await at.ingest.post(rma(), request)).toMatchObject({ statusCode: status });
    expect(await at.quarantine.queued()).toEqual([]);
  });

  test('is answered as a failure when SQS does not take it, so the sender delivers it again', async () => {
    at.ingest = new IngestFunction(at.world, at.stack, {
      queueUrl: `${at.world.addresses.sqs}/000000000000/no-such-queue`,
    });
    expect(await at.ingest.post(rma())).toMatchObject({ statusCode: 503 });
    expect(await at.quarantine.queued()).toEqual([]);
  });

  test.each([
    ['the queue is not there', () => `${at.world.addresses.sqs}/000000000000/no-such-queue`],
    ['nobody answers there', () => 'http://127.0.0.1:1/000000000000/queue'],
  ])('is answered 503 when it can not be stored because %s, so the sender repeats it', async (_why, url) => {
    at.ingest = new IngestFunction(at.world, at.stack, { rejectedQueueUrl: url() });
    const answer = await at.ingest.post(broken);
    expect(answer).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
    });
    expect(answer.body).not.toMatch(/127\.0\.0\.1|ECONN|increment_id/i);
    expect(await at.ingest.post(rma())).toMatchObject({ statusCode: 202 });
  });

  test('leaves none of its values in a log', async () => {
    const logged: unknown[] = [];
    const levels = (['info', 'warn', 'error'] as const).map((level) =>
      jest.spyOn(console, level).mockImplementation((line) => void logged.push(line)),
    );
    await at.posted('{"name":"Jan Jansen", broken', { headers: { 'x-version': 'Jan' } });
    await at.ingest.post(
      rma({ status: 'Jan Jansen', note: 'Edsger Dijkstraat' }, { qty_requested: 'Jansen' }),
    );
    await at.quarantine.drain();
    await at.quarantine.put('Jan Jansen');
    await at.quarantine.drain();
    for (const level of levels) level.mockRestore();
    const text = JSON.stringify(logged);
    expect(text).toMatch(/not-accepted.*quarantined.*parked/s);
    expect(text).not.toMatch(/Jan|Dijkstraat/);
  });
});

describe('a delivery that is accepted without one of its items', () => {
  const delivery = rma({}, { id: 1 }, { id: {} });

  test('is stored too, with the faults of that item', async () => {
    const { statusCode, body } = await at.ingest.post(delivery);
    expect(statusCode).toBe(202);
    expect(await at.quarantine.drain()).toEqual(['acknowledged']);
    expect(await at.quarantine.item(JSON.parse(body).id)).toMatchObject({
      acceptedInPart: true,
      errors: [{ path: 'items.1.id', message: 'must be an identifier (text or a whole number)' }],
      body: JSON.stringify(delivery.payload),
    });
  });

  test('is answered 503 while it can not be stored', async () => {
    const rejectedQueueUrl = `${at.world.addresses.sqs}/000000000000/no-such-queue`;
    at.ingest = new IngestFunction(at.world, at.stack, { rejectedQueueUrl });
    expect(await at.ingest.post(delivery)).toMatchObject({ statusCode: 503 });
    expect(await at.ingest.queued()).toEqual([]);
  });
});

describe('an IGF event that is rejected', () => {
  test('is stored without personal data, under the id of what is stored', async () => {
    const payload = {
      id: 'nine',
      receiver: { name: 'Jan Jansen' },
      order: { Sender: { email: 'jan@jansen.nl' }, id: 3 },
      label: 'x'.repeat(5000),
    };
    const delivery = { webhook: 'v1/shipped', payload };
    expect(await at.ingest.post(delivery, { token: senderKey })).toMatchObject({ statusCode: 406 });
    await at.quarantine.drain();
    const item = await at.quarantine.item(eventId('v1/shipped', { id: 'nine', order: { id: 3 } }));
    expect(item).toMatchObject({ webhook: 'v1/shipped', body: '{"id":"nine","order":{"id":3}}' });
  });
});
