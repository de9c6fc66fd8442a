import type {
  Buy,
  Cancellation,
  Done,
  Ends,
  Event,
  ExpectedAtIgf,
  ExpectedReturn,
  GoLive,
  Later,
  LifeEvent,
  ReturnName,
  Step,
} from './case.ts';
import type { Post } from './case-order.ts';

/** The delivery is answered so, by default as not acceptable. */
export const refused = (post: Post, answer = 406): Post => ({ ...post, answer });

/** The delivery with these bytes for a body, and these headers. */
export const asBytes = (post: Post, bytes: Uint8Array, headers: Record<string, string> = {}): Post => ({
  ...post,
  bytes,
  headers,
});

export const buy = (of: ReturnName, webshopOrderId = `WEB-${of}`): Buy => ({
  kind: 'buy',
  of,
  webshopOrderId,
});

export const event = (of: ReturnName, name: LifeEvent, also?: Event['also']): Event => ({
  kind: 'event',
  event: name,
  of,
  ...(also && { also }),
});

/** The same, but its webhook is lost. */
export const lost = (of: ReturnName, name: LifeEvent): Event => ({ ...event(of, name), lost: true });

/** It happens to the first listing of a return that was listed again. */
export const earlier = (of: ReturnName, name: LifeEvent): Event => ({ ...event(of, name), earlier: true });

const events = (of: ReturnName, ...names: LifeEvent[]): Event[] => names.map((name) => event(of, name));

/** Somebody buys it, and its sender hands it in. */
export const shipped = (of: ReturnName): Step[] => [buy(of), ...events(of, 'LABELED', 'SHIPPED')];

/** It arrives at its buyer. */
export const arrived = (of: ReturnName): Step[] => [...shipped(of), event(of, 'COMPLETED')];

/** Its refund is due. */
export const refundDue = (of: ReturnName): Step[] => [...arrived(of), event(of, 'REFUND')];

export const cancelledAtIgf = (of: ReturnName, reason: Cancellation['reason']): Cancellation => ({
  kind: 'cancellation',
  reason,
  of,
});

export const later = (hours: number): Later => ({ kind: 'later', hours });

export const done = (of: ReturnName): Done => ({ kind: 'done', of });

export const goLive: GoLive = { kind: 'go-live' };

export const ends = (
  returns: Readonly<Record<ReturnName, ExpectedReturn>>,
  igf: ExpectedAtIgf = {},
): Ends => ({ kind: 'ends', returns, igf });
