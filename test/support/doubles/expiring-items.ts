import { epochSeconds } from '../../../lib/runtime/time.ts';
import type { Key } from '../../../lib/table/keys.ts';
import { frozen } from '../frozen.ts';

/** One text for each key. Those of a partition begin the same. */
export const idOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

/** Items that expire, sorted by key as a query answers them. */
export class Expiring<Item extends object> {
  readonly #items = new Map<string, Item & { expiresAt: number }>();
  readonly #retentionSeconds: number;

  /** What is stored, by key. */
  get items(): Map<string, Item & { expiresAt: number }> {
    return this.#items;
  }

  constructor(retentionSeconds: number) {
    this.#retentionSeconds = retentionSeconds;
  }

  /** The item, also after its time: DynamoDB deletes late. */
  get = (key: Key): Item | undefined => this.#items.get(idOf(key));

  put(key: Key, item: Item, at: string): void {
    const expiresAt = epochSeconds(at) + this.#retentionSeconds;
    this.#items.set(idOf(key), frozen({ ...item, expiresAt }));
  }

  /** Changes an item that is stored, and not its time. */
  change(key: Key, changes: Partial<Item>): void {
    const item = this.#items.get(idOf(key));
    if (item) this.#items.set(idOf(key), frozen({ ...item, ...changes }));
  }

  live({ pk, sk = '' }: { pk: string; sk?: string }, at: string): Item[] {
    return [...this.#items]
      .filter(([id, { expiresAt }]) => id.startsWith(idOf({ pk, sk })) && expiresAt > epochSeconds(at))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, item]) => item);
  }
}
