import { eventId } from '../../lib/webhooks/envelope.ts';
import { eachIngest } from '../support/each-ingest.ts';
import { rma, rmaItem, shipment, v2Rma } from '../support/webhooks.ts';

const { world, restart, later, post, posted, queued, payloads, expectProblem } = eachIngest();

describe('a valid delivery', () => {
  test.each([
    ['stock-hub/v1/rma', rma()],
    ['stock-hub/v1/shipment', shipment()],
    ['push-api/v2/rma', v2Rma()],
    ['push-api/v1/rma-item', rmaItem()],
  ])('of %s is answered 202 with its event id, and is on the queue', async (webhook, delivery) => {
    const answer = await post(delivery, { headers: { 'x-correlation-id': 'abc-1' } });
    const payload = structuredClone(delivery.payload) as { shipment?: { shipment_token?: string } };
    if (payload.shipment) payload.shipment.shipment_token = '[masked]';
    const id = eventId(webhook, payload);
    expect(answer).toEqual({
      statusCode: 202,
      headers: { 'content-type': 'application/json', 'x-correlation-id': 'abc-1' },
      body: JSON.stringify({ id }),
    });
    const messages = await queued();
    expect(messages.map((text) => JSON.parse(text))).toEqual([
      {
        schema: 1,
        id,
        webhook,
        version: '1.0',
        receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        correlationId: 'abc-1',
        payload,
      },
    ]);
  });

  test('is dated by the gateway’s clock, and not by the function’s', async () => {
    later(-5 * 60_000);
    await post(rma(), { receivedAt: Date.UTC(2024, 2, 11, 12) });
    const [text = ''] = await queued();
    expect(JSON.parse(text).receivedAt).toBe('2024-03-11T12:00:00.000Z');
  });

  test('has the same id when it is delivered again with other spacing and order of keys', async () => {
    const { payload } = rma();
    const shuffled = Object.fromEntries(Object.entries(payload).reverse());
    const one = await post(rma());
    const other = await posted(JSON.stringify(shuffled, null, 2));
    expect(other.body).toBe(one.body);
  });

  test('is on the queue in pure ASCII with the same content, also unknown fields and half an emoji', async () => {
    const delivery = rma({
      note: '👟 Zoë 名前',
      half: '\ud83d',
      '\u2028': '\u0000\u007f\u0080\uffff',
      deep: [[{}]],
    });
    expect(await post(delivery)).toMatchObject({ statusCode: 202 });
    const [text = ''] = await queued();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point
    expect(text).toMatch(/^[\x00-\x7f]+$/);
    expect(JSON.parse(text).payload).toEqual(delivery.payload);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', undefined])(
    'is accepted with any content type (%s)',
    async (type) => {
      expect(await post(rma(), { headers: { 'content-type': type } })).toMatchObject({
        statusCode: 202,
      });
    },
  );

  test('is accepted in base64, the gateway’s form of binary bodies', async () => {
    const body = Buffer.from(JSON.stringify(rma({ note: 'Zoë' }).payload)).toString('base64');
    expect(await posted(body, { isBase64Encoded: true })).toMatchObject({ statusCode: 202 });
    expect(JSON.parse((await queued())[0] ?? '').payload.note).toBe('Zoë');
  });
});

test('one unusable item does not refuse its neighbours', async () => {
  const delivery = rma({}, { id: 1 }, { id: {} }, { id: 3 });
  expect(await post(delivery)).toMatchObject({ statusCode: 202 });
  expect(await payloads()).toEqual([delivery.payload]);
});

describe('the correlation id', () => {
  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['longer than a log line should hold', 'x'.repeat(200)],
    ['not plain text', 'a\r\nset-cookie: b'],
  ])('is one of ours when the sender’s is %s', async (_how, given) => {
    const one = await post(rma(), { headers: { 'x-correlation-id': given } });
    const other = await post(rma(), { headers: { 'x-correlation-id': given } });
    const ids = [one, other].map(({ headers }) => headers['x-correlation-id']);
    expect(ids).toEqual([expect.stringMatching(/^[\w-]{20,}$/), expect.stringMatching(/^[\w-]{20,}$/)]);
    expect(new Set(ids).size).toBe(2);
    const correlationIds = (await queued()).map((text) => JSON.parse(text).correlationId);
    expect(correlationIds.toSorted()).toEqual(ids.toSorted());
  });
});

describe('when SQS does not accept the message', () => {
  test.each([
    ['the queue is not there', () => `${world().addresses.sqs}/000000000000/no-such-queue`],
    ['nobody answers there', () => 'http://127.0.0.1:1/000000000000/queue'],
  ])('because %s, the answer is 503 with Retry-After', async (_why, queueUrl) => {
    restart({ queueUrl: queueUrl() });
    const answer = await post(rma());
    await expectProblem(answer, 503);
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    expect(answer.body).not.toMatch(/127\.0\.0\.1|ECONN|queue does not exist/i);
  });
});
