import type { Fields } from './inputs.ts';

/** How a return item must have ended. Written from the design's rules alone: it shares no code with `lib/`. */
export interface Expected {
  /** One of these. */
  readonly states: readonly string[];
  /** Fields of the calls that list it, in order. None are made for a return that ends as Closed. */
  readonly listings: readonly Fields[];
  /** How many listings the bridge cancels. */
  readonly cancels: number;
  /** What people must do, a text for each task. */
  readonly asks: readonly RegExp[];
  /** What they may be asked as well, because that depends on the time that a run takes. */
  readonly mayAsk: readonly RegExp[];
  readonly refundDue: boolean;
}

/** An end without a listing, unless `more` says so. */
export const result = (state: string, more: Partial<Expected> = {}): Expected => ({
  ...{ states: [state], listings: [], cancels: 0, asks: [], refundDue: false },
  ...{ mayAsk: [/It has waited for more than 24 hours/], ...more },
});
