import { IgfUnavailableError } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';

type Call = (...args: unknown[]) => Promise<unknown>;

/**
 * IGF with a limit on the number of calls. A call beyond the limit is not sent; it fails like a call that IGF has
 * turned away.
 */
export function withBudget(igf: Igf, most: number): { igf: Igf; made(): number; left(): number } {
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
  const groups = Object.entries(igf as unknown as Record<string, Record<string, Call>>);
  const budgeted = groups.map(([group, calls]) => [
    group,
    Object.fromEntries(
      Object.entries(calls).map(([method, call]) => [method, counted(`${group}.${method}`, call)]),
    ),
  ]);
  return { igf: Object.fromEntries(budgeted) as Igf, made: () => made, left: () => most - made };
}
