import type { ProxyFault } from '../../support/http-proxy.ts';

/** A fault with its share of calls. */
export interface NamedFault extends ProxyFault {
  /** The name that it is counted by, such as `500 after the commit`. */
  readonly name: string;
  /** Of all calls that it can happen to, from 0 to 1. */
  readonly share: number;
}

/** The fault that a number in [0, 1) picks; none beyond the sum of their shares. */
export function pickFault(faults: readonly NamedFault[], number: number): NamedFault | undefined {
  let edge = 0;
  return faults.find(({ share }) => {
    edge += share;
    return number < edge;
  });
}
