export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

/**
 * Where a path comes from. The vendor's text lost most methods and paths: `doc` is written in the vendor document,
 * `client` is used by a working public client of the API, `inferred` follows REST convention from the document's title
 * and parameters and is not confirmed, `configured` was set for this deployment.
 */
export type Evidence = 'doc' | 'client' | 'inferred' | 'configured';

/** The groups of the vendor document, as the client names them. */
export type Group =
  | 'listings'
  | 'orders'
  | 'shipments'
  | 'customers'
  | 'warehouses'
  | 'webhooks'
  | 'info'
  | 'tenant'
  | 'retailer'
  | 'carrierContracts'
  | 'discounts'
  | 'returns';

/** One of IGF's operations, as data. */
export interface Operation {
  /** Position in the vendor document, from 1. */
  readonly number: number;
  readonly group: Group;
  /** Unique; what a correction of the path refers to. */
  readonly name: string;
  readonly method: Method;
  /** Below the base URL, with `{parameter}` in braces. */
  readonly path: string;
  readonly evidence: Evidence;
  /** The vendor's own heading. */
  readonly title: string;
}

/** How an operation is named in errors and logs: method and path template, without values. */
export const operationName = ({ method, path }: { readonly method: string; readonly path: string }): string =>
  `${method} ${path}`;

/** The names in a path's braces, in order. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
