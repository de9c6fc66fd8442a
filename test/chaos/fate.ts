import { createHash } from 'node:crypto';

/** A number in [0, 1) that is the same whenever the same is asked. */
export type Fate = (kind: string, ordinal: number) => number;

/** What happens to the n-th call (or invocation, or turn) of a kind: a pure function of the seed, the kind and n. */
export const fateOf =
  (seed: number): Fate =>
  (kind, ordinal) =>
    createHash('sha1').update(`${seed} ${kind} ${ordinal}`).digest().readUIntBE(0, 6) / 2 ** 48;

/** Deals fates in order: each kind has a count of its own, so that one kind's calls do not change another's fate. */
export class Fates {
  readonly #fate: Fate;
  readonly #dealt = new Map<string, number>();

  constructor(seed: number) {
    this.#fate = fateOf(seed);
  }

  /** The fate of the next one of its kind. */
  next(kind: string): number {
    const ordinal = this.#dealt.get(kind) ?? 0;
    this.#dealt.set(kind, ordinal + 1);
    return this.#fate(kind, ordinal);
  }

  /** How many of each kind there were. */
  dealt(kind: string): number {
    return this.#dealt.get(kind) ?? 0;
  }
}
