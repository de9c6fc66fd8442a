/**
 * IGF's operations as data. The vendor's text lost most methods and paths, so each row says where its path comes
 * from: `doc` is written in the vendor document, `client` is used by a working public client of the API, `inferred`
 * follows REST convention from the document's title and parameters and is not confirmed. One line mends a wrong guess.
 */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base URL, with `{parameter}` in braces. */
  readonly path: string;
  readonly evidence: 'doc' | 'client' | 'inferred';
}

export const operations = {
  createListing: { method: 'POST', path: '/listings', evidence: 'doc' },
  findListings: { method: 'GET', path: '/listings/all', evidence: 'inferred' },
  getListing: { method: 'GET', path: '/listings/{id}', evidence: 'inferred' },
  listingsBySku: { method: 'GET', path: '/listings/sku/{skuId}', evidence: 'client' },
  cancelListing: { method: 'PUT', path: '/listings/cancel/{listingId}', evidence: 'inferred' },
} as const satisfies Record<string, Operation>;

/** How an operation is named in errors and logs: method and path template, without values. */
export const operationName = ({ method, path }: Operation): string => `${method} ${path}`;
