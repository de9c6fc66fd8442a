import * as z from 'zod/mini';

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof methods)[number];

/**
 * Where a path comes from. The vendor's text lost most methods and paths: `doc` is written in the vendor document,
 * `client` is used by a working public client of the API, `inferred` follows REST convention from the document's title
 * and parameters and is not confirmed, `configured` was set for this deployment.
 */
type Evidence = 'doc' | 'client' | 'inferred' | 'configured';

/** One of IGF's operations, as data. */
export interface Operation {
  /** Position in the vendor document, from 1. */
  readonly number: number;
  /** Unique. A correction of the path refers to it. */
  readonly name: string;
  readonly method: Method;
  /** Below the base URL, with `{parameter}` in braces. */
  readonly path: string;
  readonly evidence: Evidence;
  /** The vendor's own heading. */
  readonly title: string;
}

/** Splits a method, a space and a path. */
const routeOf = (route: string): Pick<Operation, 'method' | 'path'> => {
  const [method = '', path = ''] = route.split(' ');
  return { method: method as Method, path };
};

/** The method and path that this deployment uses for an operation. */
type PathCorrection = Pick<Operation, 'method' | 'path'> & { readonly evidence: 'configured' };

/** Corrections by the operation's name. */
export type PathCorrections = Readonly<Record<string, PathCorrection>>;

/** Reads a correction: a method, a space and a path. */
export const correctionOf = (route: string): PathCorrection => ({
  ...routeOf(route),
  evidence: 'configured',
});

/**
 * Reads what the stack put into a function's environment: JSON such as
 * `{"cancelListing": "PUT /listings/{listingId}/cancel"}`, which was checked at synth.
 */
export const readPathCorrections = (json: string): PathCorrections =>
  Object.fromEntries(
    Object.entries(z.parse(z.record(z.string(), z.string()), JSON.parse(json))).map(([name, route]) => [
      name,
      correctionOf(route),
    ]),
  );

/** How errors and logs name an operation: method and path template, without values. */
export const operationName = ({ method, path }: { readonly method: string; readonly path: string }): string =>
  `${method} ${path}`;

/** What a call carries, before it is checked. */
export interface RequestParts<Parameters = unknown, Query = unknown, Body = unknown> {
  /** Of the path. */
  parameters?: Parameters;
  query?: Query;
  body?: Body;
}

/** How one operation is called: the operation, the schemas of its request, and the reader of its answer. */
export interface Definition<Arguments extends unknown[], Answer> {
  readonly operation: Operation;
  readonly parameters?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  readonly answer: z.ZodMiniType<Answer>;
  /** Makes the request of the method's arguments. */
  readonly request: (...args: Arguments) => RequestParts;
}

/**
 * An operation that a client can have as a method: `() => endpoint(…)`. It is defined when a client is made, so a
 * bundle leaves out the endpoints that nobody names. A call at the top of a module would keep them.
 */
export type Endpoint<Arguments extends unknown[], Answer> = () => Definition<Arguments, Answer>;

/** A definition whatever its arguments are. */
export interface AnyDefinition extends Omit<Definition<never[], unknown>, 'request'> {
  readonly request: (...args: never[]) => RequestParts;
}
export type AnyEndpoint = () => AnyDefinition;

interface Typed<Arguments extends unknown[], Parameters, Query, Body, Answer> {
  /** `inferred` by default. */
  evidence?: Evidence;
  parameters?: z.ZodMiniType<unknown, Parameters>;
  query?: z.ZodMiniType<unknown, Query>;
  body?: z.ZodMiniType<unknown, Body>;
  answer: z.ZodMiniType<Answer>;
  /** By default a request without parameters, query and body. */
  request?: (...args: Arguments) => RequestParts<NoInfer<Parameters>, NoInfer<Query>, NoInfer<Body>>;
}

/**
 * Defines an endpoint, and has the compiler check its request against its schemas.
 * @param route method and path, such as `GET /listings/{id}`
 */
export const endpoint = <
  Answer,
  Arguments extends unknown[] = [],
  Parameters = never,
  Query = never,
  Body = never,
>(
  number: number,
  name: string,
  route: `${Method} /${string}`,
  title: string,
  { evidence = 'inferred', ...call }: Typed<Arguments, Parameters, Query, Body, Answer>,
): Definition<Arguments, Answer> => ({
  operation: { number, name, ...routeOf(route), evidence, title },
  request: () => ({}),
  ...call,
});
