import { pushApiV1Track, pushApiV2Track } from '../../../../lib/webhooks/winkelstraat/orders.ts';
import { receivedAt, sample, without } from '../../../support/builders.ts';
import { faults, leaves, withNull } from './reader.ts';

const required = ['order_id', 'shipment_id', 'track_id'];

describe.each([
  [pushApiV1Track, sample('push-api-v1-track')],
  [pushApiV2Track, sample('push-api-v2-track')],
])('$name', (webhook, payload) => {
  test("the vendor's own example is a track of a shipment, without its labels", () => {
    expect(webhook.facts(payload, receivedAt)).toEqual([
      {
        kind: 'track',
        orderId: '000000549',
        shipmentId: '000000284',
        trackId: 'YTB',
        number: '1Z97W1439114670017',
        carrier: 'ups',
        updatedAt: '2024-01-27T09:14:40.000Z',
      },
    ]);
  });

  test.each(required)('%s is required, present and not null', (path) => {
    expect(faults(webhook, without(payload, path))).toHaveLength(1);
    expect(faults(webhook, withNull(payload, path))).toHaveLength(1);
  });

  test('other fields may be absent or null', () => {
    const others = leaves(payload).filter((path) => !required.includes(path));

    expect(faults(webhook, without(payload, ...others))).toEqual([]);
    expect(faults(webhook, withNull(payload, ...others))).toEqual([]);
  });
});

test('a track without its time of change has the time of its delivery', () => {
  const payload = without(sample('push-api-v2-track'), 'last_modified');

  expect(pushApiV1Track.facts(payload, receivedAt)).toMatchObject([{ kind: 'track', updatedAt: receivedAt }]);
});

test('a track without its number changes nothing', () => {
  const payload = { ...sample('push-api-v2-track'), track_number: null };

  expect(pushApiV1Track.facts(payload, receivedAt)).toEqual([{ kind: 'no-change', orderId: '000000549' }]);
});
