import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { largestReadBytes } from '../../lib/config/limits.ts';
import { eventId } from '../../lib/webhooks/envelope.ts';
import { eachIngest } from '../support/each-ingest.ts';
import { rma } from '../support/webhooks.ts';

const { post, posted, binary, queued, payloads, expectProblem } = eachIngest();

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
    const answer = await post(withToken(secret));
    expect(answer).toMatchObject({ statusCode: 202 });
    const [message = ''] = await queued();
    expect(message).not.toContain(secret);
    expect(message).toContain('"shipment_token":"[masked]"');
  });

  test('make no difference to the id: a repetition with a new token is the same delivery', async () => {
    const answers = [await post(withToken('one')), await post(withToken('another'))];
    expect(answers[1]?.body).toBe(answers[0]?.body);
  });
});
