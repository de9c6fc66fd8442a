import { largestBodyBytes, largestReadBytes } from '../../lib/config/limits.ts';
import { eachIngest } from '../support/each-ingest.ts';
import { rma, shipment } from '../support/webhooks.ts';
import { senderKey } from '../support/world.ts';

const { post, posted, binary, queued, payloads, expectProblem } = eachIngest();

describe('a body that is refused', () => {
  const nested = (depth: number): string =>
    JSON.stringify(rma().payload).replace(/}$/, `,"deep":${'['.repeat(depth - 1)}1${']'.repeat(depth - 1)}}`);

  test('is answered 406 with every fault by path, and no value of the payload', async () => {
    const secret = 'Jan Jansen, Edsger Dijkstraat 12';
    const delivery = rma(
      { increment_id: {}, status: [], currency: 3 },
      { id: { [secret]: secret }, sku: undefined, qty_requested: secret },
    );
    const answer = await post(delivery);
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
    const { errors } = await expectProblem(await post(rma(), { headers: { 'x-version': version } }), 406);
    expect(errors).toEqual([{ path: 'x-version', message: 'is required' }]);
  });

  test('is answered 406 when it is nested 33 deep, and accepted when it is nested 32 deep', async () => {
    await expectProblem(await posted(nested(33)), 406);
    await expectProblem(await posted(nested(20_000)), 406);
    expect(await posted(nested(32))).toMatchObject({ statusCode: 202 });
  });

  test('is not one with an amount that the table can not store: it counts as not sent', async () => {
    const delivery = shipment({}, { item_price_inc_tax: 1e300 }, { item_price_inc_tax: 1e-200 });
    expect(await post(delivery)).toMatchObject({ statusCode: 202 });
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
    await queued();
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
    await queued();
    await expectProblem(await posted(encoded(largestBodyBytes + 1), request), 413);
  });

  test('does not count the picture of a label, which is left out', async () => {
    const event = (label: string) => ({
      webhook: 'v1/labeled',
      payload: { id: 1, status: 'Labelled', label },
    });
    const token = senderKey;
    expect(await post(event('A'.repeat(3_000_000)), { token })).toMatchObject({ statusCode: 202 });
    expect(await payloads()).toEqual([{ id: 1, status: 'Labelled' }]);
    await expectProblem(await post(event('A'.repeat(largestReadBytes)), { token }), 413);
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
    const [text = ''] = await queued();
    expect(Buffer.byteLength(text)).toBeGreaterThan(2 * largestBodyBytes);
  });
});
