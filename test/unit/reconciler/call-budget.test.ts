import { withBudget } from '../../../lib/reconciler/reconcile.ts';
import { FakeIgf } from '../../support/doubles/fake-igf.ts';
import { fails } from '../../support/doubles/igf-replies.ts';

test('calls are made and counted while there are any left', async () => {
  const igf = new FakeIgf().has({ id: 7 });
  const budget = withBudget(igf, 3);
  expect(await budget.igf.listings.get(7)).toMatchObject({ id: 7 });
  await budget.igf.orders.ofListing(7);
  expect([budget.made(), budget.left()]).toEqual([2, 1]);
  expect(igf.calls).toEqual([
    ['listings.get', 7],
    ['orders.ofListing', 7],
  ]);
});

test('a call beyond the limit is not sent, and its error says that nothing was done', async () => {
  const igf = new FakeIgf().has({ id: 7 });
  const budget = withBudget(igf, 1);
  await budget.igf.listings.get(7);
  await expect(budget.igf.listings.cancel(7)).rejects.toMatchObject({
    name: 'IgfUnavailableError',
    effect: 'not-done',
  });
  expect(igf.calls).toEqual([['listings.get', 7]]);
  expect(budget.left()).toBe(0);
});

test('a call that fails counts', async () => {
  const budget = withBudget(new FakeIgf().next('listings.get', fails(new Error('no'))), 2);
  await expect(budget.igf.listings.get(7)).rejects.toThrow('no');
  expect(budget.made()).toBe(1);
});
