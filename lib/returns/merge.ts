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
 * Merges a fact into the stored content. The functions are pure, and facts may come in any order: an older fact never
 * overwrites a newer one, and a repeated fact changes nothing. Each function returns the new content, or the stored
 * object itself when the fact is not new.
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
 * `updated_at`), then its status, then the version of its webhook.
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

/** Compares two versions, which are of one kind, at the first part in which they differ. */
function notOlder(one: readonly (string | number)[], other: readonly (string | number)[]): boolean {
  const part = one.findIndex((value, index) => value !== other[index]);
  return part < 0 || (one[part] ?? '') > (other[part] ?? '');
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
  // A webhook about the track alone knows it best.
  const track = stored.track?.updatedAt ? stored.track : merged.track;
  return unlessSame(stored, { ...merged, ...dates, track });
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
  const reported: SalesOrder = { ...fact, rev: stored?.rev ?? 0 };
  if (!stored) return withoutUndefined(reported);
  const dateOf = ({ updatedAt, createdAt }: SalesOrder) => [later(updatedAt, createdAt) ?? ''];
  const newer = notOlder(dateOf(reported), dateOf(stored));
  return unlessSame(stored, newer ? overlay(stored, reported) : overlay(reported, stored));
}

/** A line is written once. Another report of it only adds what the first one did not tell. */
export const mergeCreditMemo = (
  stored: CreditMemo | undefined,
  { kind, ...fact }: CreditMemoFact,
): CreditMemo => unlessSame(stored, { ...withoutUndefined(fact), rev: 0, ...stored });

/** The status of higher rank. In one rank the newer one counts. */
const furtherStatus = (newer: RmaStatus | undefined, older: RmaStatus | undefined): RmaStatus | undefined =>
  newer && older ? (statusRank(newer) >= statusRank(older) ? newer : older) : (newer ?? older);

interface StatusReport {
  status?: RmaStatus | undefined;
  unknownStatus?: string | undefined;
  receivedAt: string;
  statusAt?: string | undefined;
  unknownStatusAt?: string | undefined;
}

/**
 * The status fields of two reports. Beside an undocumented status stands when a documented one was last reported: the
 * undocumented one counts while it is the later one.
 */
function mergeStatus(stored: StatusReport, reported: StatusReport): Partial<StatusReport> {
  const [newer, older] = stored.receivedAt > reported.receivedAt ? [stored, reported] : [reported, stored];
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

/** The status fields of a first report. */
const statusFields = (report: StatusReport): Partial<StatusReport> => mergeStatus(report, report);

const unknownAt = ({ unknownStatusAt, receivedAt }: StatusReport): string => unknownStatusAt ?? receivedAt;
const knownAt = ({ status, statusAt, receivedAt }: StatusReport): string | undefined =>
  status ? (statusAt ?? receivedAt) : undefined;

const rankOf = (...statuses: (RmaStatus | undefined)[]): string =>
  String(Math.max(0, ...statuses.map((status) => (status ? statusRank(status) : 0))));

export function mergeRma(stored: Rma | undefined, { kind, ...fact }: RmaFact): Rma {
  if (!stored) return withoutUndefined({ ...fact, ...statusFields(fact), rev: 0 } as Rma);
  const reported = { ...fact, rev: stored.rev } as Rma;
  const newer = notOlder(
    [rankOf(fact.status), Date.parse(fact.receivedAt)],
    [rankOf(stored.status), Date.parse(stored.receivedAt)],
  );
  const merged = newer ? overlay(stored, reported) : overlay(reported, stored);
  return unlessSame(stored, { ...merged, ...mergeStatus(stored, fact) }, 'receivedAt');
}

/** The version of an opening fact. An RMA has no time of change, so the rank of its status comes first. */
function openingRank({ status, rmaStatus }: Pick<Opening, 'status' | 'rmaStatus'>): string {
  const ofRma = status === undefined || (rmaStatus && endsWholeRma(rmaStatus)) ? rmaStatus : undefined;
  return rankOf(status, ofRma);
}

function mergeOpening(stored: StoredOpening | undefined, reported: Opening): StoredOpening {
  if (!stored) return withoutUndefined({ ...reported, ...statusFields(reported) });
  const newer = notOlder(
    [openingRank(reported), Date.parse(reported.receivedAt)],
    [openingRank(stored), Date.parse(stored.receivedAt)],
  );
  const merged = newer ? overlay(stored, reported) : overlay(reported, stored);
  const [late, early] = newer ? [reported, stored] : [stored, reported];
  const next: StoredOpening = {
    ...merged,
    ...mergeStatus(stored, reported),
    rmaStatus: furtherStatus(late.rmaStatus, early.rmaStatus),
    // A unit that has arrived stays arrived.
    quantityReturned: greater(stored.quantityReturned, reported.quantityReturned),
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

function mergeClosing(stored: Closing | undefined, reported: Closing): Closing {
  if (!stored) return withoutUndefined(reported);
  const newer = reported.updatedAt >= stored.updatedAt;
  return unlessSame(stored, newer ? overlay(stored, reported) : overlay(reported, stored));
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
    const texts = mergeTexts(item, reported);
    const firstReportedAt = earlier(item.firstReportedAt, fact.receivedAt);
    const isKnown = opening === item.opening && isEqual(texts, item.texts ?? {});
    if (isKnown && firstReportedAt === item.firstReportedAt) return item;
    return { ...item, opening, texts, firstReportedAt };
  }
  const { kind, orderId: _o, rmaId: _r, itemId: _i, family: _f, ...reported } = fact;
  const closing = mergeClosing(item.closing, reported);
  return closing === item.closing ? item : { ...item, closing };
}
