import type { Settings } from '../settings.ts';
import type { Store } from '../store.ts';
import type { EventType } from '../webhooks/event-types.ts';

/** What a change in somebody's life needs: what is known, what time it is, and whom it is told to. */
export interface Moment {
  readonly store: Store;
  readonly now: Date;
  readonly settings: Settings;
  /** Sends a webhook to the subscriber of its event type, if there is one; never waits for it. */
  readonly tell: (eventType: EventType, body: unknown) => void;
}
