/** Fields of IGF's bodies that say nothing of a person. */
const impersonal = new Set([
  'sku',
  'productId',
  'listingWebshopOrderId',
  'webshopOrderId',
  'returnReason',
  'returnReasonComment',
  'originalPrice',
  'quantity',
  'maxQuantity',
  'listingId',
  'cancelReason',
  'action',
  'items',
  'products',
]);

/** The mark at the end of a comment; what stands before it are the customer's own words. */
const mark = /\[[^[\]]*\]$/;

/** A request's body without anything personal: what was left out shows as `…`. */
export function shownBody(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(shownBody);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (!impersonal.has(name)) return [name, '…'];
      return [name, name === 'returnReasonComment' ? shownComment(value) : shownBody(value)];
    }),
  );
}

function shownComment(comment: unknown): string {
  const text = String(comment);
  const [own = ''] = mark.exec(text) ?? [];
  return text === own ? own : `… ${own}`.trim();
}
