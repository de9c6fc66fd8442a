import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { withoutUndefined } from '../returns/igf-state.ts';
import { ReturnItem } from '../returns/return-item.ts';
import type { Entity } from './entity.ts';

/** The e-mail address of the person that an item is about. */
export function emailOf({ kind, content }: Entity): string | undefined {
  if (kind === 'shipment' || kind === 'sales-order') return content.address?.email;
  if (kind !== 'return') return undefined;
  const { opening, closing, listedAs } = content;
  return opening?.address?.email || closing?.address?.email || listedAs?.email || undefined;
}

/** What a person wrote, and where the person lives. */
const none = {
  address: undefined,
  reason: undefined,
  resolution: undefined,
  condition: undefined,
  merchantResolution: undefined,
};

/** A return without personal data: its ids, states, times and amounts, and its article. It is never listed again. */
export const skeletonOf = (item: ReturnItem): ReturnItem => {
  const { opening, closing, listedAs, igf, relatedShipments, answers, release } = item;
  const skeleton: ReturnItem = {
    ...item,
    stripped: true,
    opening: opening && { ...opening, ...none },
    closing: closing && { ...closing, ...none },
    texts: undefined,
    unmappedTerm: undefined,
    // Fingerprints of requests, which contain the person's address, may be guessed.
    forwardability: undefined,
    refusal: undefined,
    listedAs: listedAs && { ...listedAs, email: '', sender: undefined },
    igf: igf && {
      ...igf,
      listing: igf.listing && { ...igf.listing, receiverId: undefined },
      shipment: igf.shipment && { ...igf.shipment, label: undefined },
    },
    relatedShipments: relatedShipments?.map((shipment) => ({ ...shipment, track: '' })),
    answers: answers?.map((answer) => ({ ...answer, note: '', by: '' })),
    release: release && { ...release, by: '' },
  };
  return withoutUndefined(skeleton);
};

/** A fingerprint of a skeleton, by which a write sees that the stored one is current. */
export function skeletonMark(item: ReturnItem): string {
  // The same for a return that was just changed and for one that was read: both in the order of the schema.
  const { rev: _revision, skeleton: _mark, ...content } = z.parse(ReturnItem, skeletonOf(item));
  return createHash('sha256').update(JSON.stringify(content)).digest('base64').slice(0, 12);
}

export function withoutPersonalData(entity: Entity): Entity {
  switch (entity.kind) {
    case 'return':
      return { ...entity, content: skeletonOf(entity.content) };
    case 'shipment':
      return { ...entity, content: { ...entity.content, address: undefined, track: undefined } };
    case 'sales-order':
      return { ...entity, content: { ...entity.content, address: undefined } };
    case 'rma':
      return { ...entity, content: { ...entity.content, track: undefined } };
    case 'credit-memo':
      return entity;
  }
}
