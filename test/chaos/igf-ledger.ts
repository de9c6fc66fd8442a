import type { Call } from '../support/http-proxy.ts';
import { type ItemRef, nameOf } from './scenarios/scenario.ts';

/** A listing that IGF made, also when its caller got another answer. */
export interface ListedCall {
  readonly id: number;
  /** The body of the call. */
  readonly request: Readonly<Record<string, unknown>>;
}

/** What ItGoesForward did, as it answered it. */
export class IgfLedger {
  readonly #listed = new Map<string, ListedCall[]>();
  readonly #cancelled = new Map<number, number>();
  readonly #waiting = new Map<string, () => void>();
  /** Listings that no call has cancelled, by order and article. */
  readonly #onOffer = new Map<string, Set<number>>();
  readonly #mostOnOffer = new Map<string, number>();

  /** Takes every answer of IGF. */
  note({ operation, body }: Call, status: number, answer: string): void {
    if (status >= 300) return;
    if (operation === 'POST /listings') {
      const request = JSON.parse(body) as Record<string, unknown>;
      const name = returnOf(markOf(String(request.returnReasonComment)));
      const { id } = JSON.parse(answer) as { id: number };
      this.#listed.set(name, [...this.listed(name), { id, request }]);
      this.#offer(articleOf(request.listingWebshopOrderId, request.sku), id);
      this.#waiting.get(name)?.();
    }
    const cancelled = /^PUT \/listings\/cancel\/(\d+)$/.exec(operation)?.[1];
    if (cancelled) {
      this.#cancelled.set(Number(cancelled), this.cancelled(Number(cancelled)) + 1);
      for (const ids of this.#onOffer.values()) ids.delete(Number(cancelled));
    }
  }

  #offer(article: string, listingId: number): void {
    const ids = this.#onOffer.get(article) ?? new Set();
    this.#onOffer.set(article, ids.add(listingId));
    this.#mostOnOffer.set(article, Math.max(this.#mostOnOffer.get(article) ?? 0, ids.size));
  }

  /** The listings that were made for a return, by its name, oldest first. */
  listed(name: string): readonly ListedCall[] {
    return this.#listed.get(name) ?? [];
  }

  /** How often a call cancelled a listing. */
  cancelled(listingId: number): number {
    return this.#cancelled.get(listingId) ?? 0;
  }

  /** The most listings of an article of one order that were on offer at once, both as IGF knows them. */
  mostOnOffer(orderId: unknown, sku: unknown): number {
    return this.#mostOnOffer.get(articleOf(orderId, sku)) ?? 0;
  }

  /** Resolves with the id as soon as IGF has the n-th listing of a return, or with nothing when that takes too long. */
  listing(item: ItemRef, withinMs: number, nth = 1): Promise<number | undefined> {
    const name = nameOf(item);
    const known = (): number | undefined => this.listed(name)[nth - 1]?.id;
    if (known() !== undefined) return Promise.resolve(known());
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs, undefined);
      this.#waiting.set(name, () => {
        if (known() === undefined) return;
        clearTimeout(timer);
        resolve(known());
      });
    });
  }
}

const articleOf = (orderId: unknown, sku: unknown): string => `${orderId} ${sku}`;

/** `bedacht [R1/2]` is `R1/2`: the mark at the end of the comment says which return a listing belongs to. */
export const markOf = (comment: string): string => /\[([^\]]+)\]\s*$/.exec(comment)?.[1] ?? comment;

/** The second listing of `R1/2` has the mark `R1/2~2`. */
export const returnOf = (mark: string): string => mark.replace(/~\d+$/, '');
