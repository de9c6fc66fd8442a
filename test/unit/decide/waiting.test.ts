import { todoOf } from '../../../lib/returns/tasks.ts';
import { addSeconds } from '../../../lib/runtime/time.ts';
import {
  now,
  openingFact,
  pushApiOpening,
  rmaFact,
  shipmentFact,
  situation,
} from '../../support/builders.ts';
import { decideOn } from '../../support/decisions.ts';

const day = 24 * 60 * 60;
/** It has waited for this many seconds. */
const waited = (seconds: number) => ({
  state: 'AwaitingShipment' as const,
  waits: 'shipment' as const,
  waitingSince: addSeconds(now, -seconds),
});

describe('a return that waits for its shipment', () => {
  test('asks nobody for a day', () => {
    expect(decideOn([openingFact()], waited(day - 1))).toMatchObject({
      state: 'AwaitingShipment',
      waits: 'shipment',
      attention: undefined,
    });
  });

  test('then asks for a mail to the support of a stock-hub reseller', () => {
    const { attention, tasks, waits } = decideOn([openingFact()], waited(day));
    expect({ tasks, waits }).toEqual({ tasks: [{ task: 'waits-for-shipment' }], waits: 'shipment' });
    expect(attention).toContain('Mail partnersupport@winkelstraat.nl: "Order 000000549, return 000000093/90');
  });

  test('then asks for the trigger call of a push-api merchant, without a token', () => {
    const { attention } = decideOn([pushApiOpening({ address: undefined })], waited(day));
    expect(attention).toContain(
      'POST https://m2.winkelstraat.nl/rest/all/V2/winkelstraat/push_api/webhook-trigger/rma with the body ' +
        '{"shipmentToken":"<shipmentToken, from Winkelstraat>","incrementId":"000000093",',
    );
  });

  test('asks with the same words however long it waits, so that no second notice is sent', () => {
    expect(decideOn([openingFact()], waited(9 * day)).attention).toBe(
      decideOn([openingFact()], waited(day)).attention,
    );
  });

  test('asks nobody who has answered', () => {
    const answer = { note: 'mailed', by: 'jan', at: now };
    for (const task of ['waits-for-shipment', 'shipment-before-bridge']) {
      const answered = { ...waited(2 * day), answers: [{ task, ...answer }] };
      const firstDelivery = { firstDelivery: '2024-03-09T00:00:00.000Z' };
      const { attention } = decideOn(
        [openingFact()],
        answered,
        task === 'waits-for-shipment' ? {} : firstDelivery,
      );
      expect(attention).toBeUndefined();
    }
  });

  test('asks for what it waits for next after a day of that, also who has answered before', () => {
    const answers = [{ task: 'waits-for-shipment', note: 'mailed', by: 'jan', at: now }];
    const stopped = [openingFact(), shipmentFact({ status: 'EXCEPTION' })];
    expect(decideOn(stopped, { ...waited(2 * day), answers })).toMatchObject({
      waits: 'delivery',
      tasks: [{ task: 'carrier-exception' }],
    });
    expect(decideOn(stopped, { ...waited(day), waits: 'delivery', answers })).toMatchObject({
      tasks: [{ task: 'carrier-exception' }, { task: 'waits-for-delivery' }],
    });
  });

  test('is not on the list of those who have answered, with either task', () => {
    for (const task of ['waits-for-shipment', 'shipment-before-bridge']) {
      const { item } = situation([openingFact()], waited(2 * day));
      expect(todoOf(item, now)?.tasks).toEqual([{ task: 'waits-for-shipment' }]);
      const answers = [{ task, note: 'mailed', by: 'jan', at: now }];
      expect(todoOf({ ...item, answers }, now)).toBeUndefined();
    }
  });

  test('waits no more once the shipment is known', () => {
    const { waits, attention } = decideOn([openingFact(), shipmentFact()], waited(2 * day));
    expect({ waits, attention }).toEqual({ waits: undefined, attention: undefined });
  });
});

test.each([
  ['before', '2024-03-01T00:00:00.000Z', 'shipment-before-bridge'],
  ['after', '2024-03-03T00:00:00.000Z', 'waits-for-shipment'],
])('a return that was requested %s the first delivery has the task of that', (_when, requestedAt, task) => {
  const { tasks } = decideOn([openingFact(), rmaFact({ requestedAt })], waited(day), {
    firstDelivery: '2024-03-02T00:00:00.000Z',
  });
  expect(tasks).toEqual([{ task }]);
});

test('a pending return never asks', () => {
  const { waits, attention } = decideOn([openingFact({ status: 'pending' })], waited(30 * day));
  expect({ waits, attention }).toEqual({ waits: undefined, attention: undefined });
});

test('a return whose action asks already has no second task', () => {
  const { tasks } = decideOn([openingFact({ status: undefined, unknownStatus: 'parcel_lost' })], {
    ...waited(2 * day),
    waits: 'status',
  });
  expect(tasks).toHaveLength(1);
});
