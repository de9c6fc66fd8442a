import type { Closing, ClosingFact, Opening, OpeningFact, RmaFact, ShipmentFact } from '../facts/facts.ts';
import { endsWholeRma, type RmaStatus, shipmentStatuses, statusRank } from '../facts/vendor-terms.ts';
import { later, withoutUndefined } from './igf-state.ts';
import type { Rma, Shipment } from './order.ts';
import type { ReturnItem } from './return-item.ts';

/**
 * Merges a fact into the stored content. The functions are pure, and facts may come in any order: an older
 * fact never overwrites a newer one, and a repeated fact changes nothing. Each function returns the new
 * content, or the stored object itself when the fact is not new.
 */

/** The fields of `under`, overwritten by the known fields of `over`. An absent field erases nothing. */
function overlay<Under extends object, Over extends object>(under: Under, over: Over): Under & Over {
  return { ...under, ...withoutUndefined(over) };
}

/** Equal as stored: the order of fields and fields that are `undefined` make no difference. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  const fields = [...Object.keys(one), ...Object.keys(other)] as (keyof typeof one)[];
  return fields.every((field) => isEqual(one[field], other[field]));
}

/** Returns `stored` itself when only ignored fields changed, such as the time of receipt. */
function unlessSame<T extends object>(stored: T | undefined, next: T, ...ignored: (keyof T)[]): T {
  if (!stored) return withoutUndefined(next);
  const compared = { ...next };
  for (const key of ignored) compared[key] = stored[key];
  return isEqual(stored, compared) ? stored : withoutUndefined(next);
}

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
  if (!stored) return withoutUndefined({ ...fact, rev: 0 } as Shipment);
  const reported = { ...fact, rev: stored.rev } as Shipment;
  const newer = notOlder(shipmentVersion(fact), shipmentVersion(stored));
  const merged = newer ? overlay(stored, reported) : overlay(reported, stored);
  // A reported date stays.
  const dates = {
    collectedAt: later(stored.collectedAt, fact.collectedAt),
    deliveredAt: later(stored.deliveredAt, fact.deliveredAt),
  };
  return unlessSame(stored, { ...merged, ...dates });
}

const rankOf = (status: RmaStatus | undefined): string => String(status ? statusRank(status) : 0);

export function mergeRma(stored: Rma | undefined, { kind, ...fact }: RmaFact): Rma {
  if (!stored) return withoutUndefined({ ...fact, rev: 0 } as Rma);
  const reported = { ...fact, rev: stored.rev } as Rma;
  const newer = notOlder(
    [rankOf(fact.status), Date.parse(fact.receivedAt)],
    [rankOf(stored.status), Date.parse(stored.receivedAt)],
  );
  return unlessSame(stored, newer ? overlay(stored, reported) : overlay(reported, stored), 'receivedAt');
}

/** The version of an opening fact. An RMA has no time of change, so the rank of its status comes first. */
function openingRank({ status, rmaStatus }: Pick<Opening, 'status' | 'rmaStatus'>): number {
  const ofRma = status === undefined || (rmaStatus && endsWholeRma(rmaStatus)) ? rmaStatus : undefined;
  return Math.max(Number(rankOf(status)), Number(rankOf(ofRma)));
}

function mergeOpening(stored: Opening | undefined, reported: Opening): Opening {
  if (!stored) return withoutUndefined(reported);
  const newer = notOlder(
    [String(openingRank(reported)), Date.parse(reported.receivedAt)],
    [String(openingRank(stored)), Date.parse(stored.receivedAt)],
  );
  return unlessSame(stored, newer ? overlay(stored, reported) : overlay(reported, stored), 'receivedAt');
}

function mergeClosing(stored: Closing | undefined, reported: Closing): Closing {
  if (!stored) return withoutUndefined(reported);
  const merged =
    reported.updatedAt >= stored.updatedAt ? overlay(stored, reported) : overlay(reported, stored);
  // A report that the item was received or decided stays.
  return unlessSame(stored, { ...merged, reportsNothing: stored.reportsNothing && reported.reportsNothing });
}

export function mergeReturn(stored: ReturnItem | undefined, fact: OpeningFact | ClosingFact): ReturnItem {
  const { orderId, rmaId, itemId, family } = fact;
  const item: ReturnItem = stored ?? {
    ...{ orderId, rmaId, itemId, family, rev: 0 },
    state: 'Requested',
    why: 'The return is recorded; nothing is decided yet.',
  };
  if (fact.kind === 'opening') {
    const { kind, orderId: _o, rmaId: _r, itemId: _i, family: _f, ...reported } = fact;
    const opening = mergeOpening(item.opening, reported);
    return opening === item.opening ? item : { ...item, opening };
  }
  const { kind, orderId: _o, rmaId: _r, itemId: _i, family: _f, ...reported } = fact;
  const closing = mergeClosing(item.closing, reported);
  return closing === item.closing ? item : { ...item, closing };
}
