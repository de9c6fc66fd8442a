import type { ReturnItem } from '../returns/return-item.ts';
import type { Outcome } from './outcome.ts';

/** Where an action led: to the end of this attempt, or to an item to decide about again. */
export type Step =
  /** `item`: the return as it was left, where that is not as it was found. */
  { outcome: Outcome; item?: ReturnItem } | { next: ReturnItem | 'changed' };
