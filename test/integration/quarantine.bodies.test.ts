import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { largestBodyBytes, largestKeptBytes } from '../../lib/config/limits.ts';
import { eventId, rawEventId } from '../../lib/webhooks/envelope.ts';
import { broken, brokenId, eachQuarantine, name } from '../support/each-quarantine.ts';
import { rma } from '../support/webhooks.ts';
import { senderKey } from '../support/world.ts';

const at = eachQuarantine();

describe('a delivery that is answered 406', () => {
  test.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['text that is not JSON', '{"order": Jan'],
    ['JSON that is cut off inside a letter', Buffer.from('{"name":"Zoé').subarray(0, -1)],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28])],
    ['a byte order mark', '\ufeff{}'],
    ['a key that would change the prototype', '{"__proto__":{"a":1}}'],
    ['JSON nested without end', `${'['.repeat(100_000)}1${']'.repeat(100_000)}`],
    ['a number out of range', '{"a":1e999}'],
    ['256 KiB of control characters', '\u0001'.repeat(largestBodyBytes)],
    ['256 KiB of JSON text with escapes', `"${'\\u0000'.repeat(Math.floor((largestBodyBytes - 2) / 6))}"`],
    ['256 KiB of U+FFFF', '\uffff'.repeat(Math.floor(largestBodyBytes / 3))],
    ['256 KiB of NUL', Buffer.alloc(largestBodyBytes)],
    ['256 KiB of bytes that are no text', Buffer.alloc(largestBodyBytes, 0xff)],
    ['256 KiB of items with every possible fault', `{"items":[${'{},'.repeat(87_000)}{}]}`],
  ])('comes back byte for byte when it is %s', async (_what, body) => {
    const bytes = Buffer.from(body);
    const rawId = rawEventId(name, bytes);
    for (const [index, encoded] of [false, true].entries()) {
      if (!encoded && typeof body !== 'string') continue;
      const request = { body: encoded ? bytes.toString('base64') : String(body), isBase64Encoded: encoded };
      const answer = await at.ingest.post(rma(), request);
      expect(answer).toMatchObject({ statusCode: 406 });
      expect(Buffer.byteLength(answer.body)).toBeLessThan(20_000);
      expect(await at.quarantine.drain()).toEqual(['acknowledged']);
      const json = bytes.toString().replace('\ufeff', '');
      const id = (await at.quarantine.item(rawId)) ? rawId : eventId(name, JSON.parse(json));
      expect(await at.quarantine.item(id)).toHaveProperty(
        'deliveries',
        typeof body === 'string' ? index + 1 : 1,
      );
      expect((await at.quarantine.body(id))?.equals(bytes)).toBe(true);
    }
    expect(await at.quarantine.parked()).toEqual([]);
  });

  test.each([
    ['larger than a payload may be', 'x'.repeat(largestBodyBytes + 1)],
    ['as large as a kept body may be', 'x'.repeat(largestKeptBytes)],
    [
      'too large as plain JSON',
      JSON.stringify(rma().payload).replace(/}$/, `,"n":[${Array(19_000).fill('1e20').join(',')}]}`),
    ],
  ])('or 413 is stored when it can be: %s', async (_what, body) => {
    expect(await at.posted(body)).toMatchObject({ statusCode: 413 });
    expect(await at.quarantine.drain()).toEqual(['acknowledged']);
    const bytes = Buffer.from(body);
    const rawId = rawEventId(name, bytes);
    const id = (await at.quarantine.item(rawId)) ? rawId : eventId(name, JSON.parse(body));
    expect(await at.quarantine.item(id)).toMatchObject({
      errors: [{ path: '', message: 'is larger than 262144 bytes' }],
    });
    expect((await at.quarantine.body(id))?.equals(bytes)).toBe(true);
  });

  test('raises an alarm that says how large and of which webhook, when it is too large to be kept', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation(() => {});
    expect(await at.posted('x'.repeat(largestKeptBytes + 1))).toMatchObject({ statusCode: 413 });
    expect(error.mock.calls).toEqual([
      [expect.objectContaining({ step: 'not-kept', webhook: name, bytes: largestKeptBytes + 1 })],
    ]);
    error.mockRestore();
  });

  test('is stored unpacked, so that it can be replayed', async () => {
    const text = JSON.stringify(broken.payload);
    const request = { isBase64Encoded: true, headers: { 'content-encoding': 'gzip' } };
    const answer = await at.posted(gzipSync(text).toString('base64'), request);
    expect(answer).toMatchObject({ statusCode: 406 });
    await at.quarantine.drain();
    expect(await at.quarantine.item(brokenId)).toMatchObject({ body: text });
  });

  test('is stored without secrets, wherever it is JSON', async () => {
    const secret = 'token-that-opens-a-shipment';
    const field = `"deep":{"shipmentToken":"${secret}"}`;
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    for (const body of [
      `{${field}}`,
      `{"n":[${Array(30_000).fill(0).join(',')}],${field}}`,
      `{${field},"x":${deep}}`,
      `{${field},"pad":"${'x'.repeat(largestBodyBytes)}"}`,
    ]) {
      expect([406, 413]).toContain((await at.posted(body)).statusCode);
    }
    const queued = (await at.quarantine.queued()).map((text) => Buffer.from(JSON.parse(text).body, 'base64'));
    expect(queued).toHaveLength(4);
    for (const body of queued) {
      expect(body.toString()).not.toContain(secret);
      expect(body.toString()).toContain('[masked]');
    }
  });
});

test('an IGF event that grows too large without its personal data is answered 413, and not stored', async () => {
  const pad = Array(19_900).fill('1e20').join(',');
  const answer = await at.ingest.post(
    { webhook: 'v1/shipped', payload: {} },
    { token: senderKey, body: `{"receiver":{"name":"Jan"},"pad":[${pad}]}` },
  );
  expect(answer).toMatchObject({ statusCode: 413 });
  expect(await at.quarantine.drain()).toEqual([]);
});
