import { IgfUnavailableError } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';

/** IGF with a limit on the number of calls. */
export interface BudgetedIgf {
  igf: Igf;
  made(): number;
  left(): number;
}

type Call = (...args: unknown[]) => Promise<unknown>;

/**
 * Counts every call to IGF. A call beyond the limit is not sent; it fails like a call that IGF has turned
 * away.
 */
export function withBudget(igf: Igf, most: number): BudgetedIgf {
  let made = 0;
  const counted =
    (name: string, call: Call): Call =>
    async (...args) => {
      if (made >= most) {
        throw new IgfUnavailableError(name, 'this run has used all its calls', { effect: 'not-done' });
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
