import { closingFact, ofReturn, openingFact, shipmentFact } from '../../support/builders.ts';
import { unanswered } from '../../support/doubles/igf-replies.ts';
import { oneUnit } from './listed.ts';
import { leaseSeconds, logged, workplace } from './workplace.ts';

logged();

const second = { ...ofReturn, rmaId: '000000094', itemId: '91' };

describe('two returns of one unit', () => {
  const both = () => workplace({ facts: [openingFact(), openingFact(second), oneUnit] });

  test('are listed once: the other is NotForwardable and asks', async () => {
    const { work, item, igf } = both();
    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(item()).toMatchObject({ state: 'Listed' });
    expect(item(second)).toMatchObject({ state: 'NotForwardable', tasks: [{ task: 'units-promised' }] });
    expect(igf.callsOf('listings.create')).toHaveLength(1);
  });

  test('are listed once by thirty workers at once', async () => {
    const { work, item, igf, table } = both();
    table.before(async () => {
      for (let turns = Math.random() * 5; turns > 0; turns -= 1) await null;
    });
    await Promise.all(Array.from({ length: 30 }, () => work()));

    expect(igf.callsOf('listings.create')).toHaveLength(1);
    expect([item().state, item(second).state].sort()).not.toEqual(['Listed', 'Listed']);
  });

  test('the second is listed as soon as the first is over', async () => {
    const { work, item } = both();
    await work();
    await work([openingFact({ status: 'denied' })]);

    expect(item()).toMatchObject({ state: 'Cancelled' });
    expect(item(second)).toMatchObject({ state: 'Listed' });
    expect(item(second)).not.toHaveProperty('attention');
  });

  test('the second stays where it is when the first has arrived at the merchant', async () => {
    const { work, item } = both();
    await work();
    await work([
      openingFact({ status: 'received', quantityReturned: 1 }),
      closingFact({ quantityReturned: 1 }),
    ]);

    expect(item(second)).toMatchObject({ state: 'NotForwardable' });
  });

  test('the second waits while it is unknown whether the first is listed', async () => {
    const { work, item, igf, pass } = both();
    igf.next('listings.create', unanswered);
    await expect(work()).resolves.toMatchObject({ kind: 'retry' });
    expect(item(second)).toMatchObject({ state: 'Requested' });
    pass(leaseSeconds);
    await work();

    expect(item()).toMatchObject({ state: 'Listed' });
    expect(item(second)).toMatchObject({ state: 'NotForwardable' });
  });

  test('the younger listing is withdrawn when it turns out that one unit was sent', async () => {
    const { work, item } = workplace({ facts: [openingFact(), openingFact(second), shipmentFact()] });
    await work();
    expect([item().listingId, item(second).listingId]).toEqual([7, 8]);
    await work([{ ...oneUnit, updatedAt: '2024-03-11T00:00:00.000Z' }]);

    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
    expect(item(second)).toMatchObject({ state: 'Cancelled', tasks: [{ task: 'units-promised' }] });
  });

  test('one that is alone with its article costs one write before its call', async () => {
    const { work, table } = workplace({ facts: [openingFact(), oneUnit] });
    await work();
    const before = table.calls.slice(0, table.calls.indexOf('completeClaim'));
    expect(before.filter((call) => call === 'write')).toHaveLength(1);
  });
});
