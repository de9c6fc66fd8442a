import type { CaseOrder, Post } from './case-order.ts';

/** What happens to one order, and what must have become of it. The data of the tests in memory and of the system. */
export interface Case {
  /** A sentence. */
  readonly name: string;
  /** The settings that differ from the default. */
  readonly policy?: Readonly<Record<string, unknown>>;
  steps(order: CaseOrder): readonly Step[];
}

export type Step = Post | Buy | Event | Cancellation | Later | Done | GoLive | Ends;

/** Somebody buys the listing of a return. */
export interface Buy {
  readonly kind: 'buy';
  readonly of: ReturnName;
  /** The order of the buyer in the webshop. */
  readonly webshopOrderId: string;
  /** The webhook never comes. */
  readonly lost?: true;
}

export type LifeEvent =
  | 'LABELED'
  | 'SHIPPED'
  | 'COMPLETED'
  | 'REFUND'
  | 'RETURN_CANCELED'
  | 'RETURN_DEADLINE_PASSED';

/** Something happens to the listing of a return, and IGF sends its webhook. */
export interface Event {
  readonly kind: 'event';
  readonly event: LifeEvent;
  readonly of: ReturnName;
  /** Fields that the webhook has beside those of IGF's object. */
  readonly also?: Readonly<Record<string, unknown>>;
  /** The webhook never comes. */
  readonly lost?: true;
  /** It happens to the first listing of the return, which is not its last. */
  readonly earlier?: true;
}

/** IGF cancels a forwarding, and sends no webhook. */
export interface Cancellation {
  readonly kind: 'cancellation';
  readonly reason: 'NOT_DELIVERED_BY_CARRIER' | 'CUSTOMER_BANNED';
  readonly of: ReturnName;
}

/** So much time passes, with the runs of the reconciler. */
export interface Later {
  readonly kind: 'later';
  readonly hours: number;
}

/** A person did what a return asks for, and says so. */
export interface Done {
  readonly kind: 'done';
  readonly of: ReturnName;
}

/** The setting `mode` becomes `live`, and an operator lets the bridge decide again. */
export interface GoLive {
  readonly kind: 'go-live';
}

/** An item of the RMA `R1`, such as `1`, or of another RMA, such as `R2/1`. */
export type ReturnName = string;

/** What must be true now. A field that is left out is not looked at. */
export interface Ends {
  readonly kind: 'ends';
  readonly returns: Readonly<Record<ReturnName, ExpectedReturn>>;
  readonly igf: ExpectedAtIgf;
}

export interface ExpectedReturn {
  /** It, or one of them. */
  readonly state?: string | readonly string[];
  /** Every one of them is found in it. `none`: there must be no attention. */
  readonly attention?: RegExp | readonly RegExp[] | 'none';
  /** None of them is found in the attention. */
  readonly attentionWithout?: RegExp;
  readonly why?: RegExp;
  readonly refundDue?: boolean;
}

export interface ExpectedAtIgf {
  /** How many `POST /listings` there were. */
  readonly posts?: number;
  /** Fields of their bodies, in their order. */
  readonly bodies?: readonly object[];
  /** How many listings of the order are cancelled. */
  readonly cancelled?: number;
}

/** What became of an order. */
export interface Seen {
  /** By `<rma>/<item>`. */
  readonly returns: Readonly<Record<string, SeenReturn>>;
  readonly posts: readonly object[];
  readonly cancelled: number;
}

export interface SeenReturn {
  readonly state: string;
  readonly attention?: string | undefined;
  readonly why: string;
  readonly refundDue?: boolean | undefined;
}
