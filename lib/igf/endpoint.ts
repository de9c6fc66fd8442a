import * as z from 'zod/mini';
import { eventTypes } from '../facts/vendor-terms.ts';
import { email } from './api/requests.ts';

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof methods)[number];

/**
 * `doc`: in the vendor document, whose text lost most paths. `client`: used by a working public client of the API.
 * `inferred`: REST convention, not confirmed. `configured`: set for this deployment.
 */
type Evidence = 'doc' | 'client' | 'inferred' | 'configured';

/** One of IGF's operations, as data. */
export interface Operation {
  /** Unique. A correction of the path refers to it. */
  readonly name: string;
  readonly method: Method;
  /** Below the base URL, with `{parameter}` in braces. */
  readonly path: string;
  readonly evidence: Evidence;
}

/** Splits a method, a space and a path. */
const routeOf = (route: string): Pick<Operation, 'method' | 'path'> => {
  const [method = '', path = ''] = route.split(' ');
  return { method: method as Method, path };
};

/** Reads a correction: the method, a space and the path that this deployment uses for an operation. */
const correctionOf = (route: string) => ({ ...routeOf(route), evidence: 'configured' as const });

export type PathCorrections = Readonly<Record<string, ReturnType<typeof correctionOf>>>;

/** Reads a function's variable: JSON such as `{"cancelListing": "PUT /listings/{id}/cancel"}`, checked at synth. */
export const readPathCorrections = (json: string): PathCorrections =>
  z.parse(z.record(z.string(), z.pipe(z.string(), z.transform(correctionOf))), JSON.parse(json));

/** How errors and logs name an operation: method and path template, without values. */
export const operationName = ({ method, path }: { readonly method: string; readonly path: string }): string =>
  `${method} ${path}`;

/** What a call carries, before it is checked. */
export interface RequestParts<Query = unknown, Body = unknown> {
  /** Of the path. */
  parameters?: Readonly<Record<string, unknown>>;
  query?: Query;
  body?: Body;
}

/** An operation that a client can have as a method: the schemas of its request, and the reader of its answer. */
export interface Endpoint<Arguments extends unknown[], Answer> {
  readonly operation: Operation;
  readonly parameters?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  readonly answer: z.ZodMiniType<Answer>;
  readonly request: (...args: Arguments) => RequestParts;
}

/** An endpoint whatever its arguments are. */
export type AnyEndpoint = Endpoint<never[], unknown>;

/** A text in a path. A dot or two would be read as another path. */
const pathText = z.string().check(z.minLength(1), z.regex(/^(?!\.{1,2}$)/));

/** The kinds of parameter in a path, as the document types them. */
const kinds = {
  int: z.int(),
  int32: z.int32(),
  text: pathText,
  /** An id that the document types as a text, while every answer shows it as an integer. */
  idOrText: z.union([z.int32(), pathText]),
  email,
  eventType: z.enum(eventTypes),
};
type Kind = keyof typeof kinds;

/** A path has one parameter at most. */
type Parameter<Route> = Route extends `${string}:${infer Name extends Kind}}${string}`
  ? [parameter: z.input<(typeof kinds)[Name]>]
  : [];

interface Details<Answer, Query, Body, Rest extends unknown[]> {
  /** `inferred` by default. */
  evidence?: Evidence;
  query?: z.ZodMiniType<unknown, Query>;
  body?: z.ZodMiniType<unknown, Body>;
  /** By default the document has no answer for the operation, so any answer is accepted. */
  answer?: z.ZodMiniType<Answer>;
  /** Makes query and body of the arguments after the path's parameter. By default the next one is the body or query. */
  request?: (...rest: Rest) => RequestParts<NoInfer<Query>, NoInfer<Body>>;
}

/**
 * Defines an endpoint. The compiler checks its request against its schemas. A file of `api/` exports functions that
 * call this: a bundle leaves out a function that nobody names, and could not leave out an endpoint that was made.
 * @param route method and path with the kind of its parameter, such as `GET /listings/{id:int32}`
 */
export function endpoint<
  const Route extends `${Method} /${string}`,
  Answer = unknown,
  Query = never,
  Body = never,
  Rest extends unknown[] = [Query, Body] extends [never, never]
    ? []
    : [Body] extends [never]
      ? [query?: Query]
      : [body: Body],
>(
  name: string,
  route: Route,
  { evidence = 'inferred', request, ...schemas }: Details<Answer, Query, Body, Rest> = {},
): Endpoint<[...Parameter<Route>, ...Rest], Answer> {
  const [, parameter, kind] = /\{(\w+):(\w+)\}/.exec(route) ?? [];
  const plainRoute = route.replace(/:\w+/, '');
  const part = schemas.body ? 'body' : 'query';
  return {
    operation: { name, ...routeOf(plainRoute), evidence },
    ...(parameter && { parameters: z.strictObject({ [parameter]: kinds[kind as Kind] }) }),
    answer: z.unknown() as z.ZodMiniType<Answer>,
    ...schemas,
    request: (...args) => {
      const rest = (parameter ? args.slice(1) : args) as Rest;
      return {
        ...(parameter && { parameters: { [parameter]: args[0] } }),
        ...(request ? request(...rest) : { [part]: rest[0] }),
      };
    },
  };
}
