import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { largestBodyBytes, largestReadBytes } from '../../lib/config/limits.ts';
import type { HttpAnswer } from '../../lib/ingest/answers.ts';
import { secretMinAgeMs } from '../../lib/runtime/secret.ts';
import { eventId } from '../../lib/webhooks/envelope.ts';
import { IngestFunction, type IngestOptions, type Request } from '../support/ingest-function.ts';
import { logLines } from '../support/log-lines.ts';
import { type Delivery, rma, rmaItem, shipment, v2Rma } from '../support/webhooks.ts';
import { type Stack, senderKey, startDeadlineMs, startWorld, type World } from '../support/world.ts';

let world: World;
let stack: Stack;
let ingest: IngestFunction;

beforeAll(async () => {
  world = await startWorld({ table: false });
}, startDeadlineMs);
afterAll(() => world?.close());
beforeEach(async () => {
  stack = await world.deploy();
  ingest = new IngestFunction(world, stack);
});
afterEach(() => {
  stack.secrets.fail(undefined);
  ingest.close();
});

const restart = (options?: IngestOptions): void => {
  ingest.close();
  ingest = new IngestFunction(world, stack, options);
};

interface ProblemBody {
  title: string;
  status: number;
  detail: string;
  errors?: { path: string; message: string }[];
}

const problemOf = ({ body }: HttpAnswer): ProblemBody => JSON.parse(body);

/** Checks a problem answer: its media type, its status in both places, and an empty queue. */
async function expectProblem(answer: HttpAnswer, status: number): Promise<ProblemBody> {
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([status, 'application/problem+json']);
  expect(answer.headers['x-correlation-id']).toMatch(/\S/);
  const problem = problemOf(answer);
  expect(problem).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  expect(await ingest.queued()).toEqual([]);
  return problem;
}

/** A delivery whose body is this text. */
const posted = (body: string, request: Request = {}): Promise<HttpAnswer> =>
  ingest.post(rma(), { ...request, body });

describe('a valid delivery', () => {
  test.each([
    ['stock-hub/v1/rma', rma()],
    ['stock-hub/v1/shipment', shipment()],
    ['push-api/v2/rma', v2Rma()],
    ['push-api/v1/rma-item', rmaItem()],
  ])('of %s is answered 202 with its event id, and is on the queue', async (webhook, delivery) => {
    const answer = await ingest.post(delivery, { headers: { 'x-correlation-id': 'abc-1' } });
    const payload = structuredClone(delivery.payload) as { shipment?: { shipment_token?: string } };
    if (payload.shipment) payload.shipment.shipment_token = '[masked]';
    const id = eventId(webhook, payload);
    expect(answer).toEqual({
      statusCode: 202,
      headers: { 'content-type': 'application/json', 'x-correlation-id': 'abc-1' },
      body: JSON.stringify({ id }),
    });
    const queued = await ingest.queued();
    expect(queued.map((text) => JSON.parse(text))).toEqual([
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
    ingest.later(-5 * 60_000);
    await ingest.post(rma(), { receivedAt: Date.UTC(2024, 2, 11, 12) });
    const [text = ''] = await ingest.queued();
    expect(JSON.parse(text).receivedAt).toBe('2024-03-11T12:00:00.000Z');
  });

  test('has the same id when it is delivered again with other spacing and order of keys', async () => {
    const { payload } = rma();
    const shuffled = Object.fromEntries(Object.entries(payload).reverse());
    const one = await ingest.post(rma());
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
    expect(await ingest.post(delivery)).toMatchObject({ statusCode: 202 });
    const [text = ''] = await ingest.queued();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point
    expect(text).toMatch(/^[\x00-\x7f]+$/);
    expect(JSON.parse(text).payload).toEqual(delivery.payload);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', undefined])(
    'is accepted with any content type (%s)',
    async (type) => {
      expect(await ingest.post(rma(), { headers: { 'content-type': type } })).toMatchObject({
        statusCode: 202,
      });
    },
  );

  test('is accepted in base64, the gateway’s form of binary bodies', async () => {
    const body = Buffer.from(JSON.stringify(rma({ note: 'Zoë' }).payload)).toString('base64');
    expect(await posted(body, { isBase64Encoded: true })).toMatchObject({ statusCode: 202 });
    expect(JSON.parse((await ingest.queued())[0] ?? '').payload.note).toBe('Zoë');
  });
});

/** Bytes as the gateway hands them over. */
const binary = (bytes: Buffer, headers: Record<string, string> = {}): Promise<HttpAnswer> =>
  posted(bytes.toString('base64'), { isBase64Encoded: true, headers });

const payloads = async (): Promise<unknown[]> =>
  (await ingest.queued()).map((text) => JSON.parse(text).payload);

describe('a body is read', () => {
  const { payload } = rma({ note: 'Genève' });
  const text = JSON.stringify(payload);

  test('that the gateway has unpacked, although its header names an encoding', async () => {
    const answer = await posted(text, { headers: { 'content-encoding': 'gzip' } });
    expect(answer).toMatchObject({ statusCode: 202 });
    expect(await payloads()).toEqual([payload]);
  });

  test.each<[string, Buffer]>([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['identity', Buffer.from(text)],
  ])('out of its encoding %s', async (encoding, bytes) => {
    expect(await binary(bytes, { 'content-encoding': encoding })).toMatchObject({
      statusCode: 202,
      body: JSON.stringify({ id: eventId('stock-hub/v1/rma', payload) }),
    });
    expect(await payloads()).toEqual([payload]);
  });

  test.each([
    ['iso-8859-1', Buffer.from(text, 'latin1')],
    ['"Windows-1252"', Buffer.from(text, 'latin1')],
    ['utf-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    // UTF-8 is what JSON is in, whatever the header says.
    ['iso-8859-1', Buffer.from(text)],
  ])('by its charset %s', async (charset, bytes) => {
    const answer = await binary(bytes, { 'content-type': `application/json; charset=${charset}` });
    expect(answer).toMatchObject({ statusCode: 202 });
    expect(await payloads()).toEqual([payload]);
  });

  test('behind a byte order mark', async () => {
    expect(await posted(`\ufeff${text}`)).toMatchObject({ statusCode: 202 });
    expect(await payloads()).toEqual([payload]);
  });

  test('no further than to the limit of what it unpacks to', async () => {
    const bomb = gzipSync(Buffer.alloc(largestReadBytes + 1, 0x20));
    expect(bomb.length).toBeLessThan(10_000);
    await expectProblem(await binary(bomb, { 'content-encoding': 'gzip' }), 413);
  });
});

describe('secrets in a body', () => {
  const secret = 'token-that-opens-a-shipment';
  const withToken = (token: string) =>
    rma({
      shipment_token: token,
      deep: [{ 'Shipment-Token': token, labels: { trackingLabelUrlA6: token, picking_pdf_url: [token] } }],
    });

  test('never reach the queue, whatever their depth and the case of their names', async () => {
    const answer = await ingest.post(withToken(secret));
    expect(answer).toMatchObject({ statusCode: 202 });
    const [message = ''] = await ingest.queued();
    expect(message).not.toContain(secret);
    expect(message).toContain('"shipment_token":"[masked]"');
  });

  test('make no difference to the id: a repetition with a new token is the same delivery', async () => {
    const answers = [await ingest.post(withToken('one')), await ingest.post(withToken('another'))];
    expect(answers[1]?.body).toBe(answers[0]?.body);
  });
});

test('one unusable item does not refuse its neighbours', async () => {
  const delivery = rma({}, { id: 1 }, { id: {} }, { id: 3 });
  expect(await ingest.post(delivery)).toMatchObject({ statusCode: 202 });
  expect(await payloads()).toEqual([delivery.payload]);
});

describe('the correlation id', () => {
  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['longer than a log line should hold', 'x'.repeat(200)],
    ['not plain text', 'a\r\nset-cookie: b'],
  ])('is one of ours when the sender’s is %s', async (_how, given) => {
    const one = await ingest.post(rma(), { headers: { 'x-correlation-id': given } });
    const other = await ingest.post(rma(), { headers: { 'x-correlation-id': given } });
    const ids = [one, other].map(({ headers }) => headers['x-correlation-id']);
    expect(ids).toEqual([expect.stringMatching(/^[\w-]{20,}$/), expect.stringMatching(/^[\w-]{20,}$/)]);
    expect(new Set(ids).size).toBe(2);
    const queued = (await ingest.queued()).map((text) => JSON.parse(text).correlationId);
    expect(queued.toSorted()).toEqual(ids.toSorted());
  });
});

describe('the sender’s key', () => {
  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['wrong', 'a-wrong-key'],
    ['a beginning of the right one', senderKey.slice(0, -1)],
    ['the right one and more', `${senderKey}x`],
    ['the right one in other case', senderKey.toUpperCase()],
  ])('is answered 401 when it is %s', async (_how, key) => {
    await expectProblem(await ingest.post(rma(), { headers: { 'x-api-key': key } }), 401);
  });

  test.each([
    ['twice', { 'x-api-key': `${senderKey}, ${senderKey}` }],
    ['as Bearer', { 'x-api-key': `Bearer ${senderKey}` }],
    ['as the Bearer of authorization', { 'x-api-key': undefined, authorization: `bearer ${senderKey}` }],
  ])('is understood when it is sent %s', async (_how, headers) => {
    expect(await ingest.post(rma(), { headers })).toMatchObject({ statusCode: 202 });
  });

  test.each([
    ['beside another', { 'x-api-key': `${senderKey}, other` }],
    ['in another scheme', { 'x-api-key': undefined, authorization: `Basic ${senderKey}` }],
    ['after a wrong one', { 'x-api-key': 'a-wrong-key', authorization: `Bearer ${senderKey}` }],
  ])('is answered 401, with where it belongs, when it is sent %s', async (_how, headers) => {
    const problem = await expectProblem(await ingest.post(rma(), { headers }), 401);
    expect(problem.detail).toBe('Send the shared secret in the header x-api-key, once and without "Bearer".');
  });

  test.each<[string, Delivery, Request]>([
    ['a body that is not JSON', rma(), { body: '{' }],
    ['a body that is too large', rma(), { body: 'x'.repeat(2 * largestBodyBytes) }],
    ['no version', rma(), { headers: { 'x-version': undefined } }],
    ['the wrong shape', rma({ items: null }), {}],
  ])('is checked before the body: 401 with %s', async (_what, delivery, request) => {
    const headers = { ...request.headers, 'x-api-key': 'a-wrong-key' };
    const problem = await expectProblem(await ingest.post(delivery, { ...request, headers }), 401);
    expect(problem.errors).toBeUndefined();
  });

  test.each<[string, () => void]>([
    ['has no value yet', () => stack.secrets.set('winkelstraat', {})],
    ['has an empty value', () => stack.secrets.set('winkelstraat', { current: '' })],
    ['has a value of blanks', () => stack.secrets.set('winkelstraat', { current: '  \n' })],
    ['has only a previous value', () => stack.secrets.set('winkelstraat', { previous: senderKey })],
    ['can not be read', () => stack.secrets.fail(500)],
  ])('fails closed: 503 while the secret %s', async (_how, breakIt) => {
    breakIt();
    for (const key of [senderKey, 'a-wrong-key', '', undefined]) {
      const answer = await ingest.post(rma(), { headers: { 'x-api-key': key } });
      await expectProblem(answer, 503);
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    }
  });

  test('is read again at the next delivery after it could not be read', async () => {
    stack.secrets.fail(500);
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 503 });
    stack.secrets.fail(undefined);
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 202 });
  });

  test('may be the current or the previous one while it is being changed, and no older one', async () => {
    stack.secrets.set('winkelstraat', { current: 'new-key', previous: senderKey });
    const answers = [];
    for (const key of ['new-key', senderKey, 'older-key']) {
      answers.push((await ingest.post(rma(), { headers: { 'x-api-key': key } })).statusCode);
    }
    expect(answers).toEqual([202, 202, 401]);
  });

  test.each([
    ['a key and value, as the console offers it', JSON.stringify({ 'x-api-key': senderKey }), 202],
    ['such an object with blanks', `\n${JSON.stringify({ key: ` ${senderKey} ` }, null, 2)}\n`, 202],
    ['a text in quotes', JSON.stringify(senderKey), 202],
    ['a brace that begins no JSON', `{${senderKey}`, 401],
  ])('may be in the secret as %s', async (_what, current, statusCode) => {
    stack.secrets.set('winkelstraat', { current });
    expect(await ingest.post(rma())).toMatchObject({ statusCode });
  });

  test.each([
    ['an object of two texts, of which nobody knows which one', `{"a":"${senderKey}","b":"x"}`, /JSON/],
    ['an object of anything else', `{"a":["${senderKey}"]}`, /JSON/],
    ['a key that no header carries', `${senderKey}é`, /beyond ASCII/],
  ])('is refused in words, without it, while the secret has %s', async (_what, current, words) => {
    stack.secrets.set('winkelstraat', { current });
    logLines.length = 0;
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 503 });
    expect(JSON.stringify(logLines)).toMatch(words);
    expect(JSON.stringify(logLines)).not.toContain(senderKey);
    stack.secrets.set('winkelstraat', { current: senderKey, previous: current });
    ingest.later(secretMinAgeMs);
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 202 });
  });

  test('may have the line end of a file in the secret', async () => {
    stack.secrets.set('winkelstraat', { current: `${senderKey}\n` });
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 202 });
  });

  test('is accepted soon after it was changed, at the first delivery with the new one', async () => {
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 202 });
    stack.secrets.set('winkelstraat', { current: 'new-key', previous: senderKey });
    ingest.later(secretMinAgeMs);
    const headers = { 'x-api-key': 'new-key' };
    expect(await ingest.post(rma(), { headers })).toMatchObject({ statusCode: 202 });
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 202 });

    stack.secrets.set('winkelstraat', { current: 'new-key' });
    ingest.later(5 * 60_000);
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 401 });
  });

  test('stays good while Secrets Manager is down, once it was read', async () => {
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 202 });
    stack.secrets.fail(500);
    ingest.later(60_000);
    expect(await ingest.post(rma())).toMatchObject({ statusCode: 202 });
  });
});

describe('a body that is refused', () => {
  const nested = (depth: number): string =>
    JSON.stringify(rma().payload).replace(/}$/, `,"deep":${'['.repeat(depth - 1)}1${']'.repeat(depth - 1)}}`);

  test('is answered 406 with every fault by path, and no value of the payload', async () => {
    const secret = 'Jan Jansen, Edsger Dijkstraat 12';
    const delivery = rma(
      { increment_id: {}, status: [], currency: 3 },
      { id: { [secret]: secret }, sku: undefined, qty_requested: secret },
    );
    const answer = await ingest.post(delivery);
    const { errors } = await expectProblem(answer, 406);
    expect(errors?.map(({ path }) => path).toSorted()).toEqual([
      'increment_id',
      'items.0.id',
      'items.0.sku',
      'status',
    ]);
    expect(errors?.find(({ path }) => path === 'items.0.sku')?.message).toBe('is required');
    expect(answer.body).not.toMatch(/Jan|Dijkstraat/);
    expect(answer.body).not.toMatch(/zod|middy|node_modules|\bat /i);
  });

  test.each([
    ['nothing', ''],
    ['not JSON', '{"order": Jan Jansen}'],
    ['JSON that is cut off', JSON.stringify(rma().payload).slice(0, -10)],
    ['a key that would change the prototype', '{"__proto__":{"increment_id":"1"}}'],
    [
      'such a key deep inside',
      JSON.stringify(rma().payload).replace('"track"', '"track":null,"a":{"__proto__":{"b":1}},"c"'),
    ],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"Jan Jansen"'],
    ['a number', '1e999'],
    ['a number out of range inside', JSON.stringify(rma().payload).replace('2.95', '1e999')],
    ['no items', JSON.stringify(rma({ items: [] }).payload)],
  ])('is answered 406 when it is or contains %s', async (_what, body) => {
    const answer = await posted(body);
    const { errors = [] } = await expectProblem(answer, 406);
    expect(errors.length).toBeGreaterThan(0);
    expect(answer.body).not.toMatch(/Jan/);
  });

  test.each([undefined, '', '  '])('is answered 406 without a version (%j)', async (version) => {
    const { errors } = await expectProblem(
      await ingest.post(rma(), { headers: { 'x-version': version } }),
      406,
    );
    expect(errors).toEqual([{ path: 'x-version', message: 'is required' }]);
  });

  test('is answered 406 when it is nested 33 deep, and accepted when it is nested 32 deep', async () => {
    await expectProblem(await posted(nested(33)), 406);
    await expectProblem(await posted(nested(20_000)), 406);
    expect(await posted(nested(32))).toMatchObject({ statusCode: 202 });
  });

  test('is not one with an amount that the table can not store: it counts as not sent', async () => {
    const delivery = shipment({}, { item_price_inc_tax: 1e300 }, { item_price_inc_tax: 1e-200 });
    expect(await ingest.post(delivery)).toMatchObject({ statusCode: 202 });
  });

  test.each(['gzip', 'deflate', 'br', 'zstd'])(
    'is answered 406 with the name of its encoding when it is not in %s',
    async (encoding) => {
      const headers = { 'content-encoding': encoding };
      const plain = Buffer.from(JSON.stringify(rma().payload));
      const { errors } = await expectProblem(await binary(plain, headers), 406);
      expect(errors).toEqual([{ path: 'content-encoding', message: `${encoding}: cannot be unpacked` }]);
    },
  );

  test('is answered 406 in an encoding that the bridge does not know', async () => {
    const plain = Buffer.from(JSON.stringify(rma().payload));
    const post = (encoding: string) => binary(plain, { 'content-encoding': encoding });
    expect((await expectProblem(await post('compress'), 406)).detail).toContain('compress');
    const { detail } = await expectProblem(await post('Jan Jansen'), 406);
    expect(detail).not.toContain('Jan');
    await expectProblem(await post('gzip, gzip, gzip'), 406);
  });

  test('is answered 406 when its bytes are not UTF-8 and no charset reads them', async () => {
    const body = Buffer.from('{"city":"Gen\xe8ve"}', 'latin1').toString('base64');
    for (const type of ['application/json', 'application/json; charset=no-such-charset']) {
      const headers = { 'content-type': type };
      const answer = await posted(body, { isBase64Encoded: true, headers });
      expect((await expectProblem(answer, 406)).errors).toEqual([{ path: '', message: 'is not UTF-8' }]);
    }
  });
});

describe('a body’s size', () => {
  const sized = (bytes: number, filler = 'x'): string => {
    const empty = JSON.stringify({ ...rma().payload, filler: '' });
    const room = bytes - Buffer.byteLength(empty);
    return empty.replace('"filler":""', `"filler":"${filler.repeat(room / Buffer.byteLength(filler))}"`);
  };

  test('may be 256 KiB, and one byte more is answered 413', async () => {
    expect(await posted(sized(largestBodyBytes))).toMatchObject({ statusCode: 202 });
    await ingest.queued();
    await expectProblem(await posted(sized(largestBodyBytes + 1)), 413);
  });

  test('counts in bytes, not in letters', async () => {
    const body = sized(largestBodyBytes + 2, 'é');
    expect(body.length).toBeLessThan(largestBodyBytes);
    await expectProblem(await posted(body), 413);
  });

  test('counts the decoded bytes of base64', async () => {
    const encoded = (bytes: number) => Buffer.from(sized(bytes)).toString('base64');
    const request = { isBase64Encoded: true };
    expect(await posted(encoded(largestBodyBytes), request)).toMatchObject({ statusCode: 202 });
    await ingest.queued();
    await expectProblem(await posted(encoded(largestBodyBytes + 1), request), 413);
  });

  test('does not count the picture of a label, which is left out', async () => {
    const event = (label: string) => ({
      webhook: 'v1/labeled',
      payload: { id: 1, status: 'Labelled', label },
    });
    const token = senderKey;
    expect(await ingest.post(event('A'.repeat(3_000_000)), { token })).toMatchObject({ statusCode: 202 });
    expect(await payloads()).toEqual([{ id: 1, status: 'Labelled' }]);
    await expectProblem(await ingest.post(event('A'.repeat(largestReadBytes)), { token }), 413);
  });

  test('is checked before its JSON', async () => {
    await expectProblem(await posted('x'.repeat(largestBodyBytes + 1)), 413);
  });

  test('counts as JSON is written out: short numbers that grow too long are answered 413, not lost before SQS', async () => {
    const numbers = Array(19_000).fill('1e20').join(',');
    const body = JSON.stringify(rma().payload).replace(/}$/, `,"numbers":[${numbers}]}`);
    expect(Buffer.byteLength(body)).toBeLessThan(largestBodyBytes);
    await expectProblem(await posted(body), 413);
  });

  test('of 256 KiB fits into SQS, although every letter is escaped', async () => {
    expect(await posted(sized(largestBodyBytes - 1, 'é'))).toMatchObject({ statusCode: 202 });
    const [text = ''] = await ingest.queued();
    expect(Buffer.byteLength(text)).toBeGreaterThan(2 * largestBodyBytes);
  });
});

describe('when SQS does not accept the message', () => {
  test.each([
    ['the queue is not there', () => `${world.addresses.sqs}/000000000000/no-such-queue`],
    ['nobody answers there', () => 'http://127.0.0.1:1/000000000000/queue'],
  ])('because %s, the answer is 503 with Retry-After', async (_why, queueUrl) => {
    restart({ queueUrl: queueUrl() });
    const answer = await ingest.post(rma());
    await expectProblem(answer, 503);
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    expect(answer.body).not.toMatch(/127\.0\.0\.1|ECONN|queue does not exist/i);
  });
});
