import type { Closing, ClosingFact, Opening, OpeningFact, RmaFact, ShipmentFact } from '../facts/facts.ts';
import { shipmentStatuses, statusRank } from '../facts/vendor-terms.ts';
import type { Rma, Shipment } from './order.ts';
import type { ReturnItem } from './return-item.ts';

/**
 * How a fact joins what is stored. Pure, and tolerant of any order: an older fact never takes anything back from a
 * newer one, the same fact twice is the same as once. Each function answers the next content, or what was stored
 * itself when the fact tells nothing new.
 */

/** `over`'s known fields laid over `under`'s: what is not told does not erase what was. */
function overlay<Under extends object, MerchantEnd extends object>(
  under: Under,
  over: MerchantEnd,
): Under & MerchantEnd {
  const known = Object.entries(over).filter(([, value]) => value !== undefined);
  return { ...under, ...Object.fromEntries(known) } as Under & MerchantEnd;
}

const withoutUnknown = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

/** Equal as stored: neither the order of fields nor fields that are `undefined` count. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  const fields = [...Object.keys(one), ...Object.keys(other)] as (keyof typeof one)[];
  return fields.every((field) => isEqual(one[field], other[field]));
}

/** `stored` itself when nothing changed but when it was told. */
function unlessSame<T extends object>(stored: T | undefined, next: T, ...ignored: (keyof T)[]): T {
  if (!stored) return withoutUnknown(next);
  const compared = { ...next };
  for (const key of ignored) compared[key] = stored[key];
  return isEqual(stored, compared) ? stored : withoutUnknown(next);
}

/** A date that was told is never forgotten again. */
const later = (one: string | undefined, other: string | undefined): string | undefined =>
  one && other ? (one > other ? one : other) : (one ?? other);

/**
 * The version of a shipment: the latest of its dates (the vendor's own sample is collected three days after its
 * `updated_at`), then its status.
 */
export function shipmentVersion(
  shipment: Omit<ShipmentFact, 'kind'> | Shipment,
): [date: string, status: number] {
  const dates = [shipment.updatedAt, shipment.collectedAt, shipment.deliveredAt].flatMap(
    (date) => date ?? [],
  );
  const status = shipment.status ? shipmentStatuses.indexOf(shipment.status) : -1;
  return [dates.sort().at(-1) ?? '', status];
}

function notOlder(one: [string, number], other: [string, number]): boolean {
  return one[0] === other[0] ? one[1] >= other[1] : one[0] > other[0];
}

export function mergeShipment(stored: Shipment | undefined, { kind, ...fact }: ShipmentFact): Shipment {
  if (!stored) return withoutUnknown({ ...fact, rev: 0 } as Shipment);
  const told = { ...fact, rev: stored.rev } as Shipment;
  const newer = notOlder(shipmentVersion(fact), shipmentVersion(stored));
  const merged = newer ? overlay(stored, told) : overlay(told, stored);
  const dates = {
    collectedAt: later(stored.collectedAt, fact.collectedAt),
    deliveredAt: later(stored.deliveredAt, fact.deliveredAt),
  };
  return unlessSame(stored, { ...merged, ...dates });
}

export function mergeRma(stored: Rma | undefined, { kind, ...fact }: RmaFact): Rma {
  if (!stored) return withoutUnknown({ ...fact, rev: 0 } as Rma);
  const told = { ...fact, rev: stored.rev } as Rma;
  const newer = notOlder(
    [String(statusRank(fact.status)), Date.parse(fact.receivedAt)],
    [String(statusRank(stored.status)), Date.parse(stored.receivedAt)],
  );
  return unlessSame(stored, newer ? overlay(stored, told) : overlay(told, stored), 'receivedAt');
}

/** How far an opening fact is: an RMA has no time of change, so the rank of its status comes first. */
const openingRank = (opening: Pick<Opening, 'status' | 'rmaStatus'>): number =>
  Math.max(statusRank(opening.status), opening.rmaStatus ? statusRank(opening.rmaStatus) : 0);

function mergeOpening(stored: Opening | undefined, told: Opening): Opening {
  if (!stored) return withoutUnknown(told);
  const newer = notOlder(
    [String(openingRank(told)), Date.parse(told.receivedAt)],
    [String(openingRank(stored)), Date.parse(stored.receivedAt)],
  );
  return unlessSame(stored, newer ? overlay(stored, told) : overlay(told, stored), 'receivedAt');
}

function mergeClosing(stored: Closing | undefined, told: Closing): Closing {
  if (!stored) return withoutUnknown(told);
  const merged = told.updatedAt >= stored.updatedAt ? overlay(stored, told) : overlay(told, stored);
  // Once something was reported received or decided, it stays so.
  return unlessSame(stored, { ...merged, reportsNothing: stored.reportsNothing && told.reportsNothing });
}

export function mergeReturn(stored: ReturnItem | undefined, fact: OpeningFact | ClosingFact): ReturnItem {
  const { orderId, rmaId, itemId, family } = fact;
  const item: ReturnItem = stored ?? {
    ...{ orderId, rmaId, itemId, family, rev: 0 },
    state: 'Requested',
    why: 'The return is recorded; nothing is decided yet.',
  };
  if (fact.kind === 'opening') {
    const { kind, orderId: _o, rmaId: _r, itemId: _i, family: _f, ...told } = fact;
    const opening = mergeOpening(item.opening, told);
    return opening === item.opening ? item : { ...item, opening };
  }
  const { kind, orderId: _o, rmaId: _r, itemId: _i, family: _f, ...told } = fact;
  const closing = mergeClosing(item.closing, told);
  return closing === item.closing ? item : { ...item, closing };
}
