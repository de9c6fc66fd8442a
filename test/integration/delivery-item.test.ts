import { type BridgeTable, bridgeTable } from '../../lib/table/bridge-table.ts';
import { Bridge } from '../support/bridge.ts';
import { anAttempt } from '../support/builders.ts';
import { order, rma } from '../support/webhooks.ts';
import { type Stack, startWorld, type World } from '../support/world.ts';

let world: World;
let stack: Stack;
let table: BridgeTable;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  stack = await world.deploy();
  table = bridgeTable(world.dynamodb, stack.table);
});

const stored = async (sk: string) => (await new Bridge(world, stack).itemsOf('order'))[sk];

describe('a delivery', () => {
  test('keeps its first content, its last outcome and its failed attempts', async () => {
    await table.recordDelivery(
      anAttempt({
        outcome: 'retry',
        error: 'IGF answered 500',
        errorClass: 'IgfUnavailableError',
        nextAttemptAt: '2025-03-01T10:00:31.000Z',
      }),
    );
    expect(await stored('EVENT#event')).toMatchObject({
      outcome: 'retry',
      lastError: 'IGF answered 500',
      lastErrorClass: 'IgfUnavailableError',
      task: 'RETRIED',
      due: '2025-03-01T10:00:00.000Z',
      nextAttemptAt: '2025-03-01T10:00:31.000Z',
      attempts: 1,
    });

    const second = {
      payload: { first: false },
      correlationId: 'another',
      receivedAt: '2025-03-02T10:00:00.000Z',
    };
    await table.recordDelivery(anAttempt({ at: '2025-03-02T10:00:01.000Z' }, { ...second, version: '2.0' }));
    expect(await stored('EVENT#event')).toEqual({
      pk: 'ORDER#order',
      sk: 'EVENT#event',
      webhook: 'stock-hub/v1/rma',
      version: '1.0',
      receivedAt: '2025-03-01T10:00:00.000Z',
      correlationId: 'correlation',
      payload: '{"first":true}',
      outcome: 'done',
      lastAttemptAt: '2025-03-02T10:00:01.000Z',
      attempts: 2,
      failures: ['2025-03-01T10:00:01.000Z IGF answered 500'],
      expiresAt: Date.parse('2025-05-31T10:00:01Z') / 1000,
    });
  });

  test('has the paths of the fields that could not be read, without a value', async () => {
    const bridge = new Bridge(world, stack);
    await bridge.takes(rma({ po_number: 4711, track: 'ups' }, { reason: { text: 'Jan Jansen' } }), rma());
    const events = Object.entries(await bridge.itemsOf(order)).filter(([sk]) => sk.startsWith('EVENT#'));
    expect(events.map(([, { unread }]) => unread).sort()).toEqual([
      ['po_number', 'track', 'items.0.reason'],
      undefined,
    ]);
  });

  test('counts each of many concurrent attempts', async () => {
    await Promise.all(Array.from({ length: 10 }, () => table.recordDelivery(anAttempt())));
    expect(await stored('EVENT#event')).toMatchObject({ attempts: 10 });
  });

  const later = { begunAt: '2025-03-01T10:00:00.500Z', at: '2025-03-01T10:00:02.000Z' };
  const afterwards = { begunAt: '2025-03-01T11:00:00.000Z', at: '2025-03-01T11:00:01.000Z' };
  const retry = {
    outcome: 'retry',
    error: 'IGF answered 500',
    nextAttemptAt: '2025-03-01T12:00:00.000Z',
  } as const;

  test.each(['done', 'skipped', 'parked'] as const)(
    'that is %s does not become a retry by a concurrent attempt',
    async (outcome) => {
      await table.recordDelivery(anAttempt({ outcome }));
      const before = await stored('EVENT#event');
      await table.recordDelivery(anAttempt({ ...retry, ...later }));
      expect(await stored('EVENT#event')).toEqual(before);
    },
  );

  test('that is done stays done when a concurrent attempt has a clock that is ahead', async () => {
    await table.recordDelivery(anAttempt());
    const ahead = { begunAt: '2025-03-01T10:00:50.000Z', at: '2025-03-01T10:00:52.000Z' };
    await table.recordDelivery(anAttempt({ ...retry, ...ahead }));
    expect(await stored('EVENT#event')).toMatchObject({ outcome: 'done', attempts: 1 });
  });

  test.each(['done', 'skipped', 'parked'] as const)(
    'that was %s is a retry when a later attempt fails',
    async (outcome) => {
      await table.recordDelivery(anAttempt({ outcome }));
      await table.recordDelivery(anAttempt({ ...retry, ...afterwards }));
      expect(await stored('EVENT#event')).toMatchObject({ outcome: 'retry', attempts: 2, task: 'RETRIED' });
    },
  );

  test.each(['done', 'parked'] as const)(
    'that waits for its next attempt is %s when a concurrent attempt is',
    async (outcome) => {
      await table.recordDelivery(anAttempt({ ...retry, ...later }));
      await table.recordDelivery(anAttempt({ outcome }));
      const item = await stored('EVENT#event');
      expect(item).toMatchObject({ outcome, attempts: 2 });
      expect(item).not.toHaveProperty('nextAttemptAt');
      expect(item?.task).toBe(outcome === 'parked' ? 'PARKED' : undefined);
    },
  );

  test('that fails in two concurrent attempts counts both', async () => {
    await table.recordDelivery(anAttempt(retry));
    await table.recordDelivery(anAttempt({ ...retry, ...later }));
    expect(await stored('EVENT#event')).toMatchObject({ outcome: 'retry', attempts: 2 });
  });

  const nested = (depth: number): unknown => (depth === 0 ? 'deep' : [nested(depth - 1)]);

  test.each<[string, unknown]>([
    ['nested 32 deep', nested(32)],
    ['empty and odd names', { '': 1, ' ': { '': null }, ':x': 2, '#y': 3 }],
    ['numbers that DynamoDB refuses', [1e300, -1e300, 1e-200, 123456789012345680000]],
    ['emoji and letters of other scripts', { name: '👟 Łukasz Ὀδυσσεύς 名前' }],
    ['half of an emoji', { '\ud83d': '\udc5f', more: ['\ud800'] }],
    ['control characters', '\u0000\u0007\u001f'],
    ['nothing at all', null],
  ])('keeps its payload as one string with the same content: %s', async (_what, payload) => {
    await table.recordDelivery(anAttempt({}, { payload }));
    const item = await stored('EVENT#event');
    expect(typeof item?.payload).toBe('string');
    expect(JSON.parse(String(item?.payload))).toEqual(payload);
  });
});
