/** push-api writes the merchant's prefix twice: `wsnl199-wsnl199-5c9d`. stock-hub writes it once. */
const doubledPrefix = /^([a-z]+\d+-)\1/;

/** An article's key, for comparison: without case, in NFC, and with one prefix. It is the same in both families. */
export const articleKey = (sku: string): string =>
  sku.normalize('NFC').toLowerCase().replace(doubledPrefix, '$1');

/** Whether two skus name one article. An unknown sku names none. */
export const sameArticle = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && articleKey(one) === articleKey(other);

/** The lines of an order or a shipment that have this article. */
export const linesOf = <Line extends { sku: string }>(
  { items }: { items: readonly Line[] },
  sku: string | undefined,
): Line[] => items.filter((line) => sameArticle(line.sku, sku));
