import type {
  Closing,
  ClosingFact,
  CreditMemoFact,
  Opening,
  OpeningFact,
  RmaFact,
  SalesOrderFact,
  ShipmentFact,
  TrackFact,
} from '../facts/facts.ts';
import { endsWholeRma, type RmaStatus, shipmentStatuses, statusRank } from '../facts/vendor-terms.ts';
import { earlier, later, withoutUndefined } from './igf-state.ts';
import type { CreditMemo, Rma, SalesOrder, Shipment } from './order.ts';
import type { ReportedTexts, ReturnItem, StoredOpening } from './return-item.ts';

/**
 * Merges a fact into the stored content. Pure, and facts may come in any order: an older one never overwrites a newer
 * one. Each function returns the stored object itself when the fact is not new.
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
 * The version of a shipment: the latest of its dates, then its status, then the version of its webhook. `updated_at`
 * alone may be too old: the vendor's own sample was collected three days after it.
 */
export function shipmentVersion(
  shipment: Omit<ShipmentFact, 'kind'> | Shipment,
): [date: string, status: number, version: number] {
  const dates = [shipment.updatedAt, shipment.collectedAt, shipment.deliveredAt].flatMap(
    (date) => date ?? [],
  );
  const status = shipment.status ? shipmentStatuses.indexOf(shipment.status) : -1;
  return [dates.sort().at(-1) ?? '', status, shipment.version ?? 0];
}

type Version = readonly (string | number)[];

/** Compares two versions, which are of one kind, at the first part in which they differ. */
function notOlder(one: Version, other: Version): boolean {
  const part = one.findIndex((value, index) => value !== other[index]);
  return part < 0 || (one[part] ?? '') > (other[part] ?? '');
}

/** Merges a report into the stored one. The fields of the newer one win, and of one version those of the report. */
function overlayNewer<T extends object>(
  stored: T | undefined,
  reported: T,
  versionOf: (report: T) => Version,
): T {
  if (!stored) return reported;
  return notOlder(versionOf(reported), versionOf(stored))
    ? overlay(stored, reported)
    : overlay(reported, stored);
}

export function mergeShipment(stored: Shipment | undefined, { kind, ...fact }: ShipmentFact): Shipment {
  const merged = overlayNewer<Shipment>(stored, { ...fact, rev: stored?.rev ?? 0 }, shipmentVersion);
  return unlessSame(stored, {
    ...merged,
    // A reported date stays.
    collectedAt: later(stored?.collectedAt, fact.collectedAt),
    deliveredAt: later(stored?.deliveredAt, fact.deliveredAt),
    // A webhook about the track alone knows it best.
    track: stored?.track?.updatedAt ? stored.track : merged.track,
  });
}

/** The newest track counts. It may come before its shipment, of which then nothing else is known. */
export function mergeTrack(stored: Shipment | undefined, fact: TrackFact): Shipment {
  const { orderId, shipmentId, number, carrier, updatedAt } = fact;
  const shipment = stored ?? { orderId, shipmentId, items: [], rev: 0 };
  const { updatedAt: known = '', number: knownNumber = '' } = shipment.track ?? {};
  if (!notOlder([updatedAt, number], [known, knownNumber])) return shipment;
  return unlessSame(stored, { ...shipment, track: { number, carrier, updatedAt } });
}

export function mergeSalesOrder(
  stored: SalesOrder | undefined,
  { kind, ...fact }: SalesOrderFact,
): SalesOrder {
  const versionOf = ({ updatedAt, createdAt }: SalesOrder) => [later(updatedAt, createdAt) ?? ''];
  return unlessSame(stored, overlayNewer(stored, { ...fact, rev: stored?.rev ?? 0 }, versionOf));
}

/** A line is written once. Another report of it only adds what the first one did not report. */
export const mergeCreditMemo = (
  stored: CreditMemo | undefined,
  { kind, ...fact }: CreditMemoFact,
): CreditMemo => unlessSame(stored, { ...withoutUndefined(fact), rev: 0, ...stored });

/** The status of higher rank. In one rank the newer one counts. */
export const furtherStatus = (
  newer: RmaStatus | undefined,
  older: RmaStatus | undefined,
): RmaStatus | undefined =>
  newer && older ? (statusRank(newer) >= statusRank(older) ? newer : older) : (newer ?? older);

type StatusReport = Pick<Rma, 'status' | 'unknownStatus' | 'receivedAt' | 'statusAt' | 'unknownStatusAt'>;

/** The status fields of two reports. An undocumented status counts while no documented one was reported later. */
function mergeStatus(stored: StatusReport, reported: StatusReport): Partial<StatusReport> {
  const [newer, older] = reportedAt(stored) > reportedAt(reported) ? [stored, reported] : [reported, stored];
  const status = furtherStatus(newer.status, older.status);
  const [unknown] = [stored, reported]
    .flatMap((report) =>
      report.unknownStatus ? [{ text: report.unknownStatus, at: unknownAt(report) }] : [],
    )
    .sort((one, other) => other.at.localeCompare(one.at));
  if (!unknown) return { status };
  const statusAt = later(knownAt(stored), knownAt(reported));
  // A repeated report changes nothing while the status still counts.
  const isRepeated = stored.unknownStatus === unknown.text && unknownAt(stored) > (statusAt ?? '');
  const unknownStatusAt = isRepeated ? unknownAt(stored) : unknown.at;
  return { status, statusAt, unknownStatus: unknown.text, unknownStatusAt };
}

/** A report whose other fields count may be older than that of the status. */
const reportedAt = ({ statusAt, receivedAt }: StatusReport): string => statusAt ?? receivedAt;
const unknownAt = ({ unknownStatusAt, receivedAt }: StatusReport): string => unknownStatusAt ?? receivedAt;
const knownAt = ({ status, statusAt, receivedAt }: StatusReport): string | undefined =>
  status ? (statusAt ?? receivedAt) : undefined;

const rankOf = (status: RmaStatus | undefined): number => (status ? statusRank(status) : 0);

export function mergeRma(stored: Rma | undefined, { kind, ...fact }: RmaFact): Rma {
  const merged = overlayNewer<Rma>(stored, { ...fact, rev: stored?.rev ?? 0 }, ({ status, receivedAt }) => [
    rankOf(status),
    Date.parse(receivedAt),
  ]);
  return unlessSame(stored, { ...merged, ...mergeStatus(stored ?? fact, fact) }, 'receivedAt');
}

/** An RMA has no time of change, so the rank of its status comes first. */
function openingVersion({ status, rmaStatus, receivedAt }: Opening): Version {
  const countsForAll = status === undefined || (rmaStatus && endsWholeRma(rmaStatus));
  const ofRma = countsForAll ? rankOf(rmaStatus) : 0;
  return [Math.max(rankOf(status), ofRma), Date.parse(receivedAt)];
}

function mergeOpening(stored: StoredOpening | undefined, reported: Opening): StoredOpening {
  const merged = overlayNewer<StoredOpening>(stored, reported, openingVersion);
  const ofStatus = mergeStatus(stored ?? reported, reported);
  const statusAt = later(stored && knownAt(stored), knownAt(reported));
  const next: StoredOpening = {
    ...merged,
    ...(statusAt && statusAt > merged.receivedAt && { statusAt }),
    ...ofStatus,
    rmaStatus: [stored?.rmaStatus, reported.rmaStatus].reduce(furtherStatus, merged.rmaStatus),
    // A unit that has arrived stays arrived.
    quantityReturned: greater(stored?.quantityReturned, reported.quantityReturned),
  };
  return unlessSame(stored, next, 'receivedAt');
}

const greater = (one: number | undefined, other: number | undefined): number | undefined =>
  one !== undefined && other !== undefined ? Math.max(one, other) : (one ?? other);

/** The number of different texts that are kept of one field. */
const mostTexts = 10;

/** The texts that were reported, with those of another report, unless an operator released the return after it. */
function mergeTexts({ texts: stored = {}, release }: ReturnItem, reported: Opening): ReportedTexts {
  if (release && reported.receivedAt <= release.at) return stored;
  const add = (texts: string[] | undefined, text: string | undefined): string[] | undefined =>
    text === undefined || texts?.includes(text) || (texts?.length ?? 0) >= mostTexts
      ? texts
      : [...(texts ?? []), text].sort();
  return withoutUndefined({
    reason: add(stored.reason, reported.reason),
    condition: add(stored.condition, reported.condition),
    resolution: add(stored.resolution, reported.resolution),
  });
}

const mergeClosing = (stored: Closing | undefined, reported: Closing): Closing =>
  unlessSame(
    stored,
    overlayNewer(stored, reported, ({ updatedAt }) => [updatedAt]),
  );

export function mergeReturn(stored: ReturnItem | undefined, fact: OpeningFact | ClosingFact): ReturnItem {
  const { orderId, rmaId, itemId, family, ...report } = fact;
  const item: ReturnItem = stored ?? {
    ...{ orderId, rmaId, itemId, family, rev: 0 },
    state: 'Requested',
    why: 'The return is recorded; nothing is decided yet.',
  };
  if (report.kind === 'closing') {
    const { kind, ...reported } = report;
    const closing = mergeClosing(item.closing, reported);
    return closing === item.closing ? item : { ...item, closing };
  }
  const { kind, ...reported } = report;
  const opening = mergeOpening(item.opening, reported);
  const texts = mergeTexts(item, reported);
  const firstReportedAt = earlier(item.firstReportedAt, reported.receivedAt);
  const isKnown = opening === item.opening && isEqual(texts, item.texts ?? {});
  if (isKnown && firstReportedAt === item.firstReportedAt) return item;
  return { ...item, opening, texts, firstReportedAt };
}
