import { fitsInKey } from '../../config/limits.ts';
import type { IgfFact } from '../../facts/igf-facts.ts';
import type { EventType } from '../../facts/vendor-terms.ts';
import type { IgfListing, IgfOrder, IgfShipment } from '../../igf/api/answers.ts';
import { isoUtc } from '../dates.ts';

/*
 * The facts that IGF's objects report, in an event or an answer. Each field is copied by its name, so that none is
 * personal. A text that is no date, or that the table can't store, is left out.
 */

type MaybeText = string | null | undefined;

const time = (value: MaybeText): string | undefined => (value ? isoUtc(value) : undefined);

/** Text that becomes part of a key in the table: no longer than fits in a key, and no half of an emoji. */
const keyText = (value: MaybeText): string | undefined =>
  value?.isWellFormed() && fitsInKey(value) ? value : undefined;

/** A carrier's code is short. A longer label is the image in base64, which the bridge may not keep. */
export const isLabelImage = (label: string): boolean => label.length > 64;

const labelCode = (label: MaybeText): string | undefined =>
  label?.isWellFormed() && !isLabelImage(label) ? label : undefined;

export const listingFact = (
  { id, status, receiverId, matchingDeadline, updatedAt }: IgfListing,
  event?: EventType,
): IgfFact => ({
  kind: 'igf',
  event,
  listingId: id,
  listing: {
    status: status ?? undefined,
    receiverId: receiverId ?? undefined,
    matchingDeadline: time(matchingDeadline),
    updatedAt: time(updatedAt),
  },
});

export const orderFact = (order: IgfOrder, event?: EventType): IgfFact => ({
  kind: 'igf',
  event,
  listingId: order.listingId ?? undefined,
  igfOrderId: order.id,
  order: {
    id: order.id,
    status: order.status ?? undefined,
    cancelReason: order.cancelReason ?? undefined,
    webshopOrderId: keyText(order.webshopOrderId),
    returnDeadline: time(order.returnDeadline),
    updatedAt: time(order.updatedAt),
  },
});

export const shipmentFact = (
  { id, orderId, status, label, updatedAt, order }: IgfShipment,
  event?: EventType,
): IgfFact => {
  const igfOrderId = orderId ?? order?.id ?? undefined;
  return {
    kind: 'igf',
    event,
    listingId: order?.listingId ?? undefined,
    igfOrderId,
    igfShipmentId: id,
    shipment: { id, status: status ?? undefined, label: labelCode(label), updatedAt: time(updatedAt) },
    ...(igfOrderId !== undefined && {
      order: { id: igfOrderId, webshopOrderId: keyText(order?.webshopOrderId) },
    }),
  };
};
