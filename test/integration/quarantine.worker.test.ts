import { randomUUID } from 'node:crypto';
import { writeRejection } from '../../lib/ingest/rejection.ts';
import { broken, brokenId, eachQuarantine, name } from '../support/each-quarantine.ts';
import { QuarantineHarness } from '../support/quarantine.ts';

const at = eachQuarantine();

describe('the quarantine’s worker', () => {
  const rejection = {
    schema: 1 as const,
    id: 'a'.repeat(32),
    delivery: randomUUID(),
    webhook: name,
    version: '1',
    receivedAt: '2026-01-01T00:00:00.000Z',
    correlationId: 'c',
    errors: [],
    body: Buffer.from('x'),
  };
  const changed = (change: object): string =>
    JSON.stringify({ ...JSON.parse(writeRejection(rejection)), ...change });

  test.each([
    ['text', 'hello'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['deep JSON', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['no version of the message', changed({ schema: 0 })],
    ['no time', changed({ receivedAt: 'yesterday' })],
    ['a body that is not base64', changed({ body: '!' })],
    ['a body that is too large for a table item', changed({ body: 'A'.repeat(600_000) })],
    [
      'more errors than fit into a table item',
      changed({ errors: Array(5000).fill({ path: 'a', message: 'b' }) }),
    ],
    ['an id that can not be a key', changed({ id: '' })],
  ])('survives %s on its queue: it is parked with its reason, and work goes on', async (_what, body) => {
    await at.quarantine.put(body);
    expect(await at.quarantine.drain()).toEqual(['acknowledged']);
    const parked = await at.quarantine.parked();
    expect(parked.map(({ Body }) => Body)).toEqual([body]);
    expect(parked[0]?.MessageAttributes?.errorClass?.StringValue).toBe('UnreadableMessage');
    await at.reject();
  });

  test('retries a message of a later version, which the next deploy can read', async () => {
    await at.quarantine.put(changed({ schema: 2 }));

    expect(await at.quarantine.drain()).toEqual(['kept']);
    expect(await at.quarantine.parked()).toEqual([]);
  });

  test('retries a message while the table fails, and stores the delivery later', async () => {
    await at.ingest.post(broken);
    const down = new QuarantineHarness(at.world, at.stack, 'no-such-table');
    expect(await down.drain()).toEqual(['kept']);
    expect(down.delays).toEqual([30]);
    expect(await at.quarantine.drain()).toEqual(['acknowledged']);
    expect(await at.quarantine.item(brokenId)).toMatchObject({ deliveries: 1 });
  });

  test('replaces an expired item that DynamoDB has not deleted yet', async () => {
    await at.reject();
    at.quarantine.later(31 * 24);
    at.ingest.later(31 * 24 * 3600_000);
    await at.reject();
    expect(await at.quarantine.item(brokenId)).toMatchObject({ deliveries: 1 });
  });
});
