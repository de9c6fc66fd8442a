import { IgfUnavailableError } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';

/** IGF that answers so many calls and no more. */
export interface BudgetedIgf {
  igf: Igf;
  made(): number;
  left(): number;
}

type Call = (...args: unknown[]) => Promise<unknown>;

/** Counts every call to IGF; beyond the budget a call is not sent, which whoever makes it takes as turned away. */
export function withBudget(igf: Igf, most: number): BudgetedIgf {
  let made = 0;
  const counted =
    (name: string, call: Call): Call =>
    async (...args) => {
      if (made >= most) {
        throw new IgfUnavailableError(name, 'the calls of this run are spent', { effect: 'not-done' });
      }
      made += 1;
      return call(...args);
    };
  const countedGroup = (name: string, group: Readonly<Record<string, Call>>) =>
    Object.fromEntries(
      Object.entries(group).map(([method, call]) => [method, counted(`${name}.${method}`, call)]),
    );
  const groups = Object.entries(igf as unknown as Record<string, Record<string, Call>>);
  return {
    igf: Object.fromEntries(
      groups.map(([name, group]) => [name, countedGroup(name, group)]),
    ) as unknown as Igf,
    made: () => made,
    left: () => most - made,
  };
}
