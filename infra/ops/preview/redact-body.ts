/** The fields of IGF's bodies without personal data. */
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

/** The mark of a return at the end of a comment. The customer's own words come before it. */
const mark = /\[[^[\]]*\]$/;

/** A request's body without personal data: `…` replaces each removed value. */
export function redactBody(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(redactBody);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (!impersonal.has(name)) return [name, '…'];
      return [name, name === 'returnReasonComment' ? redactComment(value) : redactBody(value)];
    }),
  );
}

function redactComment(comment: unknown): string {
  const text = String(comment);
  const [own = ''] = mark.exec(text) ?? [];
  return text === own ? own : `… ${own}`.trim();
}
