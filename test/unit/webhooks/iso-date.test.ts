import fc from 'fast-check';
import { mergeShipment } from '../../../lib/returns/merge.ts';
import type { Shipment } from '../../../lib/returns/order.ts';
import { isoUtc } from '../../../lib/webhooks/dates.ts';
import { factsOf, stockHubShipment } from '../../support/builders.ts';

/** An instant in a time zone with this offset from UTC. */
function written(instant: number, offsetMinutes: number): string {
  const local = new Date(instant + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
}

describe('the hour that the end of summer time repeats in Amsterdam (2026-10-25)', () => {
  const summer = '2026-10-25T02:30:00+02:00';
  const winter = '2026-10-25T02:30:00+01:00';

  test('is two hours, with summer time first', () => {
    expect([isoUtc(summer), isoUtc(winter)]).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ]);
  });

  test('is one hour of UTC without a written offset, as Winkelstraat sends it', () => {
    expect(isoUtc('2026-10-25 02:30:00')).toBe('2026-10-25T02:30:00.000Z');
    expect(isoUtc('2026-10-25 01:59:59')).toBe('2026-10-25T01:59:59.000Z');
  });

  const shipmentAt = (updated_at: string, po_number: string) => {
    const dates = { updated_at, collected_at: null, delivered_at: null };
    const [fact] = factsOf('stock-hub/v1/shipment', stockHubShipment({ ...dates, po_number }));
    if (fact?.kind !== 'shipment') throw new Error('A shipment has one fact.');
    return fact;
  };
  const end = (...facts: ReturnType<typeof shipmentAt>[]) =>
    facts.reduce<Shipment | undefined>(mergeShipment, undefined)?.poNumber;

  test('does not reverse a shipment’s reports, in any order', () => {
    const [first, second] = [shipmentAt(summer, 'SUMMER'), shipmentAt(winter, 'WINTER')];
    expect([end(first, second), end(second, first)]).toEqual(['WINTER', 'WINTER']);
  });
});

test('times with any offsets sort by their instants', () => {
  const instant = fc.integer({ min: Date.UTC(2026, 9, 24, 22), max: Date.UTC(2026, 9, 25, 4) });
  const offset = fc.constantFrom(-600, -210, 0, 60, 120, 330, 840);
  fc.assert(
    fc.property(instant, offset, instant, offset, (one, oneOffset, other, otherOffset) => {
      const [a = '', b = ''] = [isoUtc(written(one, oneOffset)), isoUtc(written(other, otherOffset))];
      expect(Math.sign(one - other)).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('times mean the same in any time zone of the process', () => {
  const texts = [
    '2026-10-25 02:30:00',
    '2026-10-25T02:30:00+02:00',
    '2026-10-25',
    '2026-03-29 02:30:00',
    '2026-03-29T02:30',
  ];
  const expected = texts.map(isoUtc);
  const inZone = (zone: string): [offset: number, read: (string | undefined)[]] => {
    process.env.TZ = zone;
    return [new Date(2026, 6, 1).getTimezoneOffset(), texts.map(isoUtc)];
  };
  const zones = ['UTC', 'Europe/Amsterdam', 'America/New_York', 'Asia/Kolkata'].map(inZone);
  // The time zones had an effect.
  expect(zones.map(([offset]) => offset)).toEqual([0, -120, 240, -330]);
  for (const [, read] of zones) expect(read).toEqual(expected);
});
