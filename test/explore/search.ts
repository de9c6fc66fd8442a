import type { Explored, System } from './system.ts';

export interface SearchReport {
  /** Different histories; more than were run, because equal states are explored once. */
  readonly histories: bigint;
  readonly states: number;
  readonly steps: number;
  /** The choices of histories that violate an invariant. */
  readonly failing: readonly (readonly number[])[];
}

/** A state on the way that is being explored. */
interface Branch {
  readonly key: string;
  readonly system: System;
  readonly options: ReturnType<Explored['options']>;
  /** How many options are explored, or are being explored. */
  taken: number;
  /** How many histories lead on through them. */
  histories: bigint;
}

/** So many failing histories are enough to look for a short one. */
export const enoughFailing = 20;

/**
 * Explores every history, depth first. A state that is explored is not explored again, however a history reached it: so
 * the order of calls that do not concern one another multiplies nothing. No state comes back, because every step adds
 * to what somebody knows, or uses up a fault.
 * @param merge whether equal states are explored once
 */
export async function searchAll(
  explored: Explored,
  start: System,
  { merge = true } = {},
): Promise<SearchReport> {
  const known = new Map<string, bigint>();
  const failing: number[][] = [];
  let steps = 0;
  let states = 1;
  const branch = (key: string, system: System): Branch => ({
    ...{ key, system, options: explored.options(system), taken: 0, histories: 0n },
  });
  const path = [branch(explored.keyOf(start), start)];
  let histories = 0n;
  for (let last = path.at(-1); last && failing.length < enoughFailing; last = path.at(-1)) {
    const option = last.options[last.taken];
    if (option) {
      last.taken += 1;
      steps += 1;
      const { after } = await explored.step(last.system, option);
      const key = explored.keyOf(after);
      const already = merge ? known.get(key) : undefined;
      if (already === undefined) {
        states += 1;
        path.push(branch(key, after));
      } else last.histories += already;
      continue;
    }
    path.pop();
    if (last.options.length === 0) {
      last.histories = 1n;
      const isViolated = explored.violations(last.system).length > 0;
      if (isViolated) failing.push(path.map(({ taken }) => taken - 1));
    }
    known.set(last.key, last.histories);
    const before = path.at(-1);
    if (before) before.histories += last.histories;
    else histories = last.histories;
  }
  return { histories, states, steps, failing };
}
