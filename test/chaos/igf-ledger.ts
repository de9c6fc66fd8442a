import type { Call } from './faults/fault.ts';
import { type ItemRef, nameOf } from './histories/history.ts';

/** A listing as it was asked for and made; every call counts that IGF carried out, whatever its caller heard. */
export interface ListedCall {
  readonly id: number;
  readonly asked: Readonly<Record<string, unknown>>;
}

/** What ItGoesForward itself did, as it answered it. */
export class IgfLedger {
  readonly #listed = new Map<string, ListedCall[]>();
  readonly #cancelled = new Map<number, number>();
  readonly #waiting = new Map<string, (id: number) => void>();

  /** To be told of every answer of IGF's. */
  note({ operation, path, body }: Call, status: number, answer: string): void {
    if (status >= 300) return;
    if (operation === 'POST /listings') {
      const asked = JSON.parse(body) as Record<string, unknown>;
      const name = markOf(String(asked.returnReasonComment));
      const { id } = JSON.parse(answer) as { id: number };
      this.#listed.set(name, [...this.listed(name), { id, asked }]);
      this.#waiting.get(name)?.(id);
    }
    if (operation === 'PUT /listings/cancel/{id}') {
      const id = Number(path.split('/').at(-1));
      this.#cancelled.set(id, this.cancelled(id) + 1);
    }
  }

  /** The listings that were made for a return, by its name. */
  listed(name: string): readonly ListedCall[] {
    return this.#listed.get(name) ?? [];
  }

  /** How often a listing was cancelled by a call. */
  cancelled(listingId: number): number {
    return this.#cancelled.get(listingId) ?? 0;
  }

  /** Every return that was listed, by its name. */
  names(): string[] {
    return [...this.#listed.keys()];
  }

  /** Resolves with the id as soon as IGF has the listing of a return; with nothing when that takes too long. */
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

/** `bedacht [R1/2]` is `R1/2`: the mark at the end of the comment says whose a listing is. */
export const markOf = (comment: string): string => /\[([^\]]+)\]\s*$/.exec(comment)?.[1] ?? comment;
