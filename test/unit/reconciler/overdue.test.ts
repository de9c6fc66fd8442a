import { reconcile } from '../../../lib/reconciler/reconcile.ts';
import { cachedFirstDelivery } from '../../../lib/table/bridge-state.ts';
import { ofOrder, openingFact, rmaFact, shipmentFact } from '../../support/builders.ts';
import { InMemoryTasksIndex } from '../../support/doubles/in-memory-tasks-index.ts';
import { logged, workplace } from '../worker/workplace.ts';

const lines = logged();
const day = 24 * 60 * 60;

/** A worker and the reconciler over one table, whose first delivery came at `firstDelivery`. */
async function bridge({
  firstDelivery = '2024-01-01T00:00:00.000Z',
  mode = 'live' as 'live' | 'observe',
} = {}) {
  const place = workplace({ policy: { mode } });
  await place.table.firstDelivery(firstDelivery);
  place.dependencies.firstDelivery = cachedFirstDelivery(place.table, place.iso);
  const index = new InMemoryTasksIndex(place.table, [ofOrder.orderId]);
  const subjects = () => place.people.notices.map(({ subject }) => subject);
  const run = () => reconcile({ ...place.dependencies, index }, { calls: 100 }, () => 300_000);
  return { ...place, run, subjects };
}

describe('a return that waits for a shipment that never comes', () => {
  test.each(['live', 'observe'] as const)('asks a person after a day, once, with mode=%s', async (mode) => {
    const { work, run, item, pass, iso, subjects } = await bridge({ mode });
    await work([openingFact()]);
    const began = iso();
    expect(item()).toMatchObject({ state: 'AwaitingShipment', waits: 'shipment', waitingSince: began });

    pass(day - 1);
    await run();
    expect(item().attention).toBeUndefined();

    pass(1);
    await run();
    await run();
    expect(item()).toMatchObject({
      waitingSince: began,
      attention: expect.stringContaining('partnersupport@winkelstraat.nl'),
      attentionSince: iso(),
      tasks: [{ task: 'waits-for-shipment' }],
    });
    expect(subjects()).toEqual([
      expect.stringMatching(/^\[prod\] Order 000000549: It has waited for more than 24 hours/),
    ]);
  });

  test('is not decided again in each run, once a person has answered', async () => {
    const { work, run, item, pass, table } = await bridge();
    await work([openingFact()]);
    pass(day);
    const answers = [
      { task: 'waits-for-shipment', note: 'mailed', by: 'jan', at: '2024-03-12T12:00:00.000Z' },
    ];
    await table.write({ kind: 'return', content: { ...item(), answers } });
    table.calls.length = 0;
    await run();

    expect(table.calls).not.toContain('readOrder');
    expect(item().attention).toBeUndefined();
  });

  test('is listed when the shipment comes after all, and asks nobody any more', async () => {
    const { work, run, item, pass } = await bridge();
    await work([openingFact()]);
    pass(2 * day);
    await run();
    await work([shipmentFact()]);

    expect(item()).toMatchObject({ state: 'Listed' });
    expect(item()).not.toHaveProperty('waits');
    expect(item()).not.toHaveProperty('waitingSince');
    expect(item()).not.toHaveProperty('attention');
  });
});

describe('returns whose shipments are older than the first delivery', () => {
  const requestedAt = '2024-03-01T00:00:00.000Z';
  const old = [openingFact(), rmaFact({ requestedAt })];
  const other = { rmaId: '000000094' };
  const startedLater = { firstDelivery: '2024-03-05T00:00:00.000Z' };

  test('have one notice a day, and no notice of their own', async () => {
    const { work, run, pass, people } = await bridge(startedLater);
    await work([...old, openingFact(other), rmaFact({ ...other, requestedAt })]);
    pass(day);
    await run();
    await run();
    expect(people.notices.map(({ subject }) => subject)).toEqual([
      "[prod] 2 returns wait for shipments from before the bridge's first delivery",
    ]);
    expect(people.notices[0]?.body).toMatch(/Order 000000549, return 000000093\/90, since 2024-03-12/);
    expect(people.notices[0]?.body).toMatch(/return 000000094\/90/);

    pass(day);
    await run();
    expect(people.notices).toHaveLength(2);
  });

  test('have their notice in the next run when it could not be published', async () => {
    const { work, run, pass, people } = await bridge(startedLater);
    await work(old);
    pass(day);
    people.before = () => {
      throw new Error('SNS is down');
    };
    await run();
    expect(lines).toContainEqual(expect.objectContaining({ step: 'not-notified' }));

    delete people.before;
    await run();
    expect(people.notices).toHaveLength(1);
  });
});

test('the time of the first delivery is read once for each process, and a failure delays nothing', async () => {
  const { table, work, dependencies } = await bridge();
  dependencies.firstDelivery = cachedFirstDelivery(table, () => '2024-03-11T12:00:00.000Z');
  table.beforeNext('firstDelivery', () => {
    throw new Error('throttled');
  });
  table.calls.length = 0;
  for (let count = 0; count < 5; count += 1) await work();

  expect(table.calls.filter((call) => call === 'firstDelivery')).toHaveLength(2);
});
