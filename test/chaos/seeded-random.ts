import { createHash } from 'node:crypto';

/** A number in [0, 1): a pure function of the seed, of a kind of event and of the event's ordinal among its kind. */
export const randomOf = (seed: number, kind: string, ordinal: number): number =>
  createHash('sha1').update(`${seed} ${kind} ${ordinal}`).digest().readUIntBE(0, 6) / 2 ** 48;

/** Draws numbers in order. Each kind has a count of its own, so that calls of one kind do not change another's draws. */
export class SeededRandom {
  readonly #seed: number;
  readonly #drawn = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** The number of the next event of this kind. */
  draw(kind: string): number {
    const ordinal = this.#drawn.get(kind) ?? 0;
    this.#drawn.set(kind, ordinal + 1);
    return randomOf(this.#seed, kind, ordinal);
  }
}
