import { openingFact, shipmentFact } from '../../support/builders.ts';
import { listing } from '../../support/doubles/fake-igf.ts';
import { refuses, turnedAway, unanswered } from '../../support/doubles/igf-replies.ts';
import { leaseSeconds, logged, workplace } from './workplace.ts';

const lines = logged();
const ready = [openingFact(), shipmentFact()];
const denied = openingFact({ status: 'denied', receivedAt: '2024-03-11T12:00:00.000Z' });
const reason = 'ItGoesForward is down (POST /listings: no answer in 6000 ms)';

/** A workplace whose circuit is open until a test closes it. */
function whileDown(options: Parameters<typeof workplace>[0] = { facts: ready }) {
  const place = workplace(options);
  const circuit = { down: true };
  place.dependencies.circuit = { refusal: () => (circuit.down ? reason : undefined) };
  return { ...place, circuit };
}

describe('while the circuit is open', () => {
  test('a return is not listed: nothing is called or claimed, and its message is retried by the schedule', async () => {
    const { work, igf, item } = whileDown();

    expect(await work()).toEqual({
      kind: 'retry',
      reason: `not called: ${reason}`,
      errorClass: 'IgfUnavailableError',
      afterSeconds: 0,
    });
    expect(igf.calls).toEqual([]);
    expect(item()).toMatchObject({ state: 'Listing', why: expect.stringContaining('authorized') });
    expect(item()).not.toHaveProperty('pendingCall');
  });

  test('each further attempt reads the order and writes nothing', async () => {
    const { work, table } = whileDown();
    await work();
    table.calls.length = 0;
    await work();
    await work();
    expect(table.calls).toEqual(['readOrder', 'readOrder']);
  });

  test('a return that needs no call is decided about as usual', async () => {
    const { work, item } = whileDown({ facts: [openingFact({ reason: 'broken' }), shipmentFact()] });
    expect(await work()).toEqual({ kind: 'done' });
    expect(item().state).toBe('NotForwardable');
  });

  test.each([
    ['cancels a listing', [denied, shipmentFact()], { state: 'Listed', listingId: 7 }, {}],
    ['checks whether an article is forwardable', ready, {}, { checkForwardable: 'on' }],
    [
      'makes a regular return',
      [openingFact({ reason: 'broken' }), shipmentFact()],
      {},
      { regularReturns: 'on' },
    ],
  ] as const)('no attempt %s either', async (_what, facts, reached, policy) => {
    const { work, igf, item } = whileDown({ facts: [...facts], reached, policy });
    expect(await work()).toMatchObject({ kind: 'retry', reason: `not called: ${reason}` });
    expect(igf.calls).toEqual([]);
    expect(item()).not.toHaveProperty('pendingCall');
  });

  test('a concurrent write of the return is not overwritten', async () => {
    const { work, table, item, igf } = whileDown();
    table.beforeNext('write', () => table.write({ kind: 'return', content: { ...item(), qty: 1 } as never }));
    expect(await work()).toMatchObject({ kind: 'retry' });
    expect(igf.calls).toEqual([]);
  });

  test('the log holds no payload', async () => {
    const { work } = whileDown();
    await work();
    expect(JSON.stringify(lines)).not.toMatch(/Jan|example\.com/);
  });
});

test('once IGF is back the return is listed, once', async () => {
  const { work, igf, item, circuit } = whileDown();
  await work();
  circuit.down = false;
  expect(await work()).toEqual({ kind: 'done' });
  expect(igf.called('listings')).toEqual(['create']);
  expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
});

test('a call of unknown outcome from before keeps its claim, and is checked before another call', async () => {
  const { work, igf, item, circuit, pass } = whileDown();
  circuit.down = false;
  igf.next('listings.create', unanswered);
  await work();
  const claimed = item().pendingCall;
  circuit.down = true;
  pass(leaseSeconds + 1);
  await work();
  expect(item().pendingCall).toEqual(claimed);

  circuit.down = false;
  igf.next('listings.ofWebshopOrder', () => [listing({ id: 8 })]);
  expect(await work()).toEqual({ kind: 'done' });
  expect(igf.called('listings')).toEqual(['create', 'ofWebshopOrder']);
  expect(item()).toMatchObject({ state: 'Listed', listingId: 8 });
});

test('a refusal that can not be checked keeps its claim, even when the check was surely not sent', async () => {
  const { work, igf, item, pass } = workplace({ facts: ready });
  igf.next('listings.create', refuses(409)).next('listings.ofWebshopOrder', turnedAway());
  expect(await work()).toMatchObject({ kind: 'retry', afterSeconds: leaseSeconds });
  expect(item().pendingCall).toBeDefined();

  pass(leaseSeconds + 1);
  igf.next('listings.ofWebshopOrder', () => [listing({ id: 9 })]);
  expect(await work()).toEqual({ kind: 'done' });
  expect(igf.called('listings')).toEqual(['create', 'ofWebshopOrder', 'ofWebshopOrder']);
  expect(item()).toMatchObject({ state: 'Listed', listingId: 9 });
});
