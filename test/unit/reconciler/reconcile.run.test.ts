import { openingFact } from '../../support/builders.ts';
import { logged } from '../worker/workplace.ts';
import { ago, bought, down, followed, order } from './followed.ts';

logged();

describe('the order of a run', () => {
  test('is by the oldest update, whether or not a person is needed', async () => {
    const flagged = { attention: 'Look at it.', attentionSince: ago(5000) };
    const { run, calls } = await followed(
      4,
      {},
      { ...flagged, lastUpdateAt: ago(50) },
      {},
      { ...flagged, lastUpdateAt: ago(800) },
    );
    await run();
    expect(calls()).toEqual(['listings.get 4', 'listings.get 1', 'listings.get 3', 'listings.get 2']);
  });
});

describe('a run ends at a limit, and the next run continues there:', () => {
  test('its number of calls', async () => {
    const { igf, run, calls } = await followed(9);
    expect(await run({ calls: 10 })).toEqual({
      ...{ reviewed: 7, repaired: 0, failed: 0, calls: 7 },
      stopped: 'this run has used all its calls',
    });
    igf.calls.length = 0;
    expect(await run({ calls: 10 })).toEqual({ reviewed: 2, repaired: 0, failed: 0, calls: 2 });
    expect(calls()).toEqual(['listings.get 8', 'listings.get 9']);
  });

  test('its number of calls, also those of the actions', async () => {
    const { table, igf, run, item } = await followed(1, { opening: { ...openingFact(), status: 'denied' } });
    igf.has(bought(1), [order(3, 1)]);
    const report = await run({ calls: 4 });
    expect(igf.calls.length).toBeLessThanOrEqual(4);
    expect(report.calls).toBe(igf.calls.length);
    expect(await run({ calls: 3 })).toMatchObject({ reviewed: 0, calls: 0 });
    expect(table.order('A').returns).toHaveLength(1);
    expect(item('A').state).toMatch(/^Cancel/);
  });

  test('its time', async () => {
    const { run, clock } = await followed(2);
    clock.msLeft = 38_999;
    expect(await run()).toMatchObject({ reviewed: 0, stopped: 'the time of this run is over' });
    clock.msLeft = 39_000;
    expect(await run()).toMatchObject({ reviewed: 2 });
  });

  test('five returns in a row without an answer', async () => {
    const { run, failing } = await followed(8);
    for (let id = 1; id <= 8; id += 1) failing.set(`listings.get ${id}`, down());
    expect(await run()).toEqual({
      ...{ reviewed: 5, repaired: 0, failed: 5, calls: 5 },
      stopped: 'ItGoesForward does not answer',
    });
    failing.delete('listings.get 7');
    expect(await run()).toMatchObject({ reviewed: 3, failed: 2 });
  });

  test('IGF is down: no return is polled, and none is moved to the back', async () => {
    const { igf, index, run, circuit } = await followed(8);
    const stopped = 'ItGoesForward does not answer';
    circuit.refusal = () => 'ItGoesForward is down';
    expect(await run()).toEqual({ reviewed: 0, repaired: 0, failed: 0, calls: 0, stopped });
    expect(index.polled).toEqual([]);
    circuit.refusal = () => (igf.calls.length >= 3 ? 'ItGoesForward is down' : undefined);
    expect(await run()).toEqual({ reviewed: 3, repaired: 0, failed: 0, calls: 3, stopped });
  });

  test('but failures that are not in a row do not end it', async () => {
    const { run, failing } = await followed(9);
    for (const id of [1, 2, 3, 4, 6, 7]) failing.set(`listings.get ${id}`, down());
    expect(await run()).toEqual({ reviewed: 9, repaired: 0, failed: 6, calls: 9 });
  });
});

test('an entry of the index that is out of date causes no poll', async () => {
  const { table, index, run, calls } = await followed(1, { lastUpdateAt: ago(1) });
  const [item] = table.order('A').returns;
  if (item) index.stale.push({ ...item, task: 'OPEN', lastUpdateAt: ago(600) });
  expect(await run()).toMatchObject({ reviewed: 0, calls: 0 });
  expect(calls()).toEqual([]);
});
