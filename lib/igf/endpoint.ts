import type * as z from 'zod/mini';
import type { Operation } from './operation.ts';

/** What a call carries, before it is checked. */
export interface RequestParts<Parameters = unknown, Query = unknown, Body = unknown> {
  /** Of the path. */
  parameters?: Parameters;
  query?: Query;
  body?: Body;
}

/** How one operation is called: its row of the table, the schemas of what goes out, and a reader of what comes back. */
export interface Definition<Arguments extends unknown[], Answer> {
  readonly operation: Operation;
  readonly parameters?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  readonly answer: z.ZodMiniType<Answer>;
  /** The request that the method's arguments stand for. */
  readonly request: (...args: Arguments) => RequestParts;
}

/**
 * An operation that a client can have as a method: `() => endpoint({ … })`. It is defined when a client asks for it, so a
 * bundle leaves out the endpoints that nobody names (a call at the top of a module would keep them).
 */
export type Endpoint<Arguments extends unknown[], Answer> = () => Definition<Arguments, Answer>;

/** A definition whatever its arguments are. */
export interface AnyDefinition extends Omit<Definition<never[], unknown>, 'request'> {
  readonly request: (...args: never[]) => RequestParts;
}
export type AnyEndpoint = () => AnyDefinition;

interface Typed<Arguments extends unknown[], Parameters, Query, Body, Answer> {
  operation: Operation;
  parameters?: z.ZodMiniType<unknown, Parameters>;
  query?: z.ZodMiniType<unknown, Query>;
  body?: z.ZodMiniType<unknown, Body>;
  answer: z.ZodMiniType<Answer>;
  request: (...args: Arguments) => RequestParts<NoInfer<Parameters>, NoInfer<Query>, NoInfer<Body>>;
}

/** Has the compiler hold an endpoint's request against its schemas. */
export const endpoint = <Arguments extends unknown[], Parameters, Query, Body, Answer>(
  definition: Typed<Arguments, Parameters, Query, Body, Answer>,
): Definition<Arguments, Answer> => definition;
