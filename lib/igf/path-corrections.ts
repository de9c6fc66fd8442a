import * as z from 'zod/mini';
import type { Method } from './operation.ts';

/** An operation's method and path as this deployment has them confirmed. */
export interface PathCorrection {
  readonly method: Method;
  readonly path: string;
  readonly evidence: 'configured';
}

/** Corrections by the operation's name. */
export type PathCorrections = Readonly<Record<string, PathCorrection>>;

const Corrections = z.record(z.string(), z.string());

/** Reads one: a method, a space and a path. */
export const correctionOf = (text: string): PathCorrection => {
  const [method = '', path = ''] = text.split(' ');
  return { method: method as Method, path, evidence: 'configured' };
};

/**
 * Reads what the stack put into a function's environment: JSON such as
 * `{"cancelListing": "PUT /listings/{listingId}/cancel"}`, which was judged at synth.
 */
export const readPathCorrections = (json: string): PathCorrections =>
  Object.fromEntries(
    Object.entries(z.parse(Corrections, JSON.parse(json))).map(([name, text]) => [name, correctionOf(text)]),
  );
