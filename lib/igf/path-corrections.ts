import * as z from 'zod/mini';
import { type Operation, routeOf } from './endpoint.ts';

/** The method and path that this deployment uses for an operation. */
type PathCorrection = Pick<Operation, 'method' | 'path'> & { readonly evidence: 'configured' };

/** Corrections by the operation's name. */
export type PathCorrections = Readonly<Record<string, PathCorrection>>;

const Corrections = z.record(z.string(), z.string());

/** Reads one: a method, a space and a path. */
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
    Object.entries(z.parse(Corrections, JSON.parse(json))).map(([name, text]) => [name, correctionOf(text)]),
  );
