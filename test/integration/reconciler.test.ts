import { day, eachReconciled, hour } from '../support/each-reconciled.ts';
import { rma } from '../support/webhooks.ts';

const { bridge, listed, later, happens, endsSilently, isBought, states } = eachReconciled();

test('every return reaches its right end without any webhook', async () => {
  const ends: Record<string, [state: string, attention: RegExp | undefined]> = {
    completed: ['Completed', /^Refund due: EUR/],
    settled: ['Settled', undefined],
    'cancelled-with-buyer': ['Cancelled', /^Serve WEB-3 from stock/],
    'cancelled-without': ['Cancelled', undefined],
    'not-handed-in': ['DeadlinePassed', /^Serve WEB-5 from stock/],
    'nobody-bought': ['Unmatched', undefined],
    lost: ['Shipped', /^Refund due: .* Parcel lost: serve/],
  };
  const at = await listed(...Object.keys(ends));
  const listing = (name: string): number => at[name] ?? 0;
  for (const name of ['completed', 'settled', 'cancelled-with-buyer', 'not-handed-in', 'lost'])
    await isBought(listing(name));
  await later(hour);
  for (const name of ['completed', 'settled'])
    for (const event of ['LABELED', 'SHIPPED', 'COMPLETED']) await happens(event, listing(name));
  for (const event of ['LABELED', 'SHIPPED']) await happens(event, listing('lost'));
  await endsSilently('NOT_DELIVERED_BY_CARRIER', listing('lost'));
  for (const name of ['cancelled-with-buyer', 'cancelled-without'])
    await happens('RETURN_CANCELED', listing(name));
  for (let days = 0; days < 16; days += 1) await later(day);
  await bridge().takes(rma({ order_increment_id: 'settled', status: 'processed_closed' }));

  for (const [name, [state, attention]] of Object.entries(ends)) {
    const item = await bridge().theReturn(name);
    expect([name, item.state]).toEqual([name, state]);
    if (attention) expect(item.attention).toMatch(attention);
    else expect([name, item.attention]).toEqual([name, undefined]);
  }
});

describe('a forwarding without webhooks', () => {
  test('is followed to its completion', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    await later(hour);
    expect(await states('A')).toEqual(['Matched']);
    await happens('LABELED', A);
    await later(hour);
    expect(await bridge().theReturn('A')).toMatchObject({
      state: 'Labelled',
      igfShipmentId: expect.any(Number),
    });
    await happens('SHIPPED', A);
    await later(hour);
    expect(await states('A')).toEqual(['Shipped']);
    await happens('COMPLETED', A);
    expect(await later(hour)).toMatchObject({ reviewed: 1, repaired: 1, calls: 3 });
    expect(await states('A')).toEqual(['Completed']);
    expect(await bridge().theReturn('A')).not.toMatchObject({ refundDue: true });
    expect(await later(82 * hour)).toMatchObject({ reviewed: 0 });
  });

  test('is followed to its refund, which no answer shows: it is due 84 hours after the arrival', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    for (const event of ['LABELED', 'SHIPPED', 'COMPLETED']) await happens(event, A);
    await later(hour);
    expect(await later(84 * hour)).toMatchObject({ reviewed: 1, repaired: 1, calls: 0 });
    expect(await bridge().theReturn('A')).toMatchObject({
      ...{ state: 'Completed', refundDue: true },
      attention: expect.stringMatching(/^Refund due: EUR/),
    });
    expect(await later(10 * day)).toMatchObject({ reviewed: 0 });
    await bridge().takes(rma({ order_increment_id: 'A', status: 'processed_closed' }));
    expect(await states('A')).toEqual(['Settled']);
  });

  test('is followed in one step when many events were missed', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    for (const event of ['LABELED', 'SHIPPED', 'COMPLETED']) await happens(event, A);
    expect(await later(hour)).toMatchObject({ repaired: 1 });
    expect(await states('A')).toEqual(['Completed']);
  });

  test('ends as Unmatched when nobody bought it in time, and not before', async () => {
    await listed('A');
    await later(13 * day);
    expect(await states('A')).toEqual(['Listed']);
    expect(await later(84 * hour)).toMatchObject({ repaired: 1 });
    expect(await bridge().theReturn('A')).toMatchObject({ state: 'Unmatched' });
    expect((await bridge().theReturn('A')).attention).toBeUndefined();
  });

  test('needs a person before its deadline, ends at the deadline, and goes on when it is handed in after all', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    await later(hour);
    expect((await bridge().theReturn('A')).attention).toBeUndefined();
    await later(5.5 * day);
    expect(await bridge().theReturn('A')).toMatchObject({
      state: 'Matched',
      attention: expect.stringMatching(/^Not labelled yet/),
    });
    await happens('LABELED', A);
    await later(hour);
    expect(await states('A')).toEqual(['Labelled']);
    expect((await bridge().theReturn('A')).attention).toBeUndefined();
    await later(2 * day);
    expect(await bridge().theReturn('A')).toMatchObject({
      state: 'DeadlinePassed',
      attention: expect.stringMatching(/^Serve WEB-1 from stock/),
    });
    await happens('SHIPPED', A);
    expect(await later(hour)).toMatchObject({ reviewed: 0 });
    await later(day);
    expect(await bridge().theReturn('A')).toMatchObject({
      state: 'DeadlinePassed',
      attention: expect.stringMatching(/^Handed in after all/),
    });
  });

  test('is cancelled when IGF bans the customer', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    await later(hour);
    await endsSilently('CUSTOMER_BANNED', A);
    await later(hour);
    expect(await bridge().theReturn('A')).toMatchObject({
      state: 'Cancelled',
      why: 'ItGoesForward banned the customer and cancelled the order.',
      attention: expect.stringMatching(/^Serve WEB-1/),
    });
  });

  test('is found to have lost its parcel', async () => {
    const { A = 0 } = await listed('A');
    await isBought(A);
    await happens('LABELED', A);
    await happens('SHIPPED', A);
    await endsSilently('NOT_DELIVERED_BY_CARRIER', A);
    await later(hour);
    expect(await bridge().theReturn('A')).toMatchObject({
      state: 'Shipped',
      attention: expect.stringMatching(/^Refund due: .* Parcel lost: serve/),
    });
  });
});
