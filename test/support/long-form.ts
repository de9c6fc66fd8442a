/**
 * `LONG=1` asks for the long forms of the tests that sample: see docs/testing.md. `npm test` alone runs the short ones.
 */
export const isLong = process.env.LONG === '1';

/** How often a costly property is tried. The short form tries a fifth, and the same ones each time. */
export const runs = (long: number): { readonly numRuns: number; readonly seed?: number } =>
  isLong ? { numRuns: long } : { numRuns: Math.ceil(long / 5), seed: 1 };
