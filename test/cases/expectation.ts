import { expect } from '@jest/globals';
import type { Ends, ExpectedReturn, ReturnName, Seen, SeenReturn } from './case.ts';
import type { CaseOrder } from './case-order.ts';

/** The name of a return as the bridge has it: `R1-<order>/<item>`. */
export function returnIdOf(name: ReturnName, order: CaseOrder): string {
  const [item = '', rma = 'R1'] = name.split('/').reverse();
  return `${order.named(rma)}/${item}`;
}

/** @throws what jest throws when something is otherwise */
export function expectEnds(seen: Seen, { returns, igf }: Ends, order: CaseOrder): void {
  for (const [name, expected] of Object.entries(returns)) {
    expectReturn(name, seen.returns[returnIdOf(name, order)], expected);
  }
  if (igf.posts !== undefined) expect({ posts: seen.posts.length }).toEqual({ posts: igf.posts });
  if (igf.bodies) expect(seen.posts).toMatchObject(igf.bodies as object[]);
  if (igf.cancelled !== undefined) {
    expect({ cancelledListings: seen.cancelled }).toEqual({ cancelledListings: igf.cancelled });
  }
}

function expectReturn(name: ReturnName, item: SeenReturn | undefined, expected: ExpectedReturn): void {
  const { state, attention, attentionWithout, why, refundDue } = expected;
  const seen = {
    return: name,
    state: item?.state,
    why: item?.why ?? '',
    attention: item?.attention ?? 'none',
    refundDue: item?.refundDue ?? false,
  };
  expect(seen).toEqual({
    ...seen,
    ...(typeof state === 'string' && { state }),
    ...(why && { why: expect.stringMatching(why) }),
    ...(refundDue !== undefined && { refundDue }),
  });
  if (Array.isArray(state)) expect(state).toContain(seen.state);
  for (const part of attention === undefined ? [] : [attention].flat()) {
    if (part === 'none') expect(seen).toEqual({ ...seen, attention: part });
    else
      expect({ ...seen, attention: item?.attention }).toEqual({
        ...seen,
        attention: expect.stringMatching(part),
      });
  }
  if (attentionWithout)
    expect(seen).not.toEqual({ ...seen, attention: expect.stringMatching(attentionWithout) });
}
