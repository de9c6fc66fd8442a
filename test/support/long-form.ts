/**
 * `LONG=1` asks for the long forms of the tests that sample: see docs/testing.md. `npm test` alone runs the short ones.
 */
export const isLong = process.env.LONG === '1';
