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
  readonly #waiting = new Map<string, (id: number) => void>();

  /** Takes every answer of IGF. */
  note({ operation, body }: Call, status: number, answer: string): void {
    if (status >= 300) return;
    if (operation === 'POST /listings') {
      const request = JSON.parse(body) as Record<string, unknown>;
      const name = markOf(String(request.returnReasonComment));
      const { id } = JSON.parse(answer) as { id: number };
      this.#listed.set(name, [...this.listed(name), { id, request }]);
      this.#waiting.get(name)?.(id);
    }
    const cancelled = /^PUT \/listings\/cancel\/(\d+)$/.exec(operation)?.[1];
    if (cancelled) this.#cancelled.set(Number(cancelled), this.cancelled(Number(cancelled)) + 1);
  }

  /** The listings that were made for a return, by its name. */
  listed(name: string): readonly ListedCall[] {
    return this.#listed.get(name) ?? [];
  }

  /** How often a call cancelled a listing. */
  cancelled(listingId: number): number {
    return this.#cancelled.get(listingId) ?? 0;
  }

  /** Resolves with the id as soon as IGF has the listing of a return, or with nothing when that takes too long. */
  listing(item: ItemRef, withinMs: number): Promise<number | undefined> {
    const name = nameOf(item);
    const [known] = this.listed(name);
    if (known) return Promise.resolve(known.id);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs, undefined);
      this.#waiting.set(name, (id) => {
        clearTimeout(timer);
        resolve(id);
      });
    });
  }
}

/** `bedacht [R1/2]` is `R1/2`: the mark at the end of the comment says which return a listing belongs to. */
export const markOf = (comment: string): string => /\[([^\]]+)\]\s*$/.exec(comment)?.[1] ?? comment;
