import { unitsOf } from './dynamodb-meter.ts';

const call = (operation: string, body: object = {}) => ({ operation, body: JSON.stringify(body) });
const used = (consumed?: object): string => JSON.stringify({ ConsumedCapacity: consumed });

test('a write is billed for the table and for the index', () => {
  const answer = used({
    CapacityUnits: 5,
    Table: { CapacityUnits: 3 },
    GlobalSecondaryIndexes: { tasks: { CapacityUnits: 2 } },
  });

  expect(unitsOf(call('PutItem'), answer)).toEqual({ table: 3, index: 2, read: 0 });
});

test('a write whose condition failed is billed all the same', () => {
  expect(unitsOf(call('UpdateItem'), used())).toEqual({ table: 1, index: 0, read: 0 });
});

test.each([
  [true, 0, 1],
  [true, 4, 4],
  [false, 0, 0.5],
])(
  'a read (consistent: %p) for which the engine counts %p units is billed as %p',
  (ConsistentRead, units, read) => {
    expect(unitsOf(call('Query', { ConsistentRead }), used({ CapacityUnits: units }))).toEqual({
      table: 0,
      index: 0,
      read,
    });
  },
);
