import { breakingClient } from '../support/breaking-client.ts';
import { buyersOrder, collected, eachMatching, placed, waiting } from '../support/each-matching.ts';
import { isLong } from '../support/long-form.ts';
import { order, rma, shipment } from '../support/webhooks.ts';

const { world, deploy, bridge, calls, orders, theListing, expectOneOrder } = eachMatching();

describe('an order whose call fails', () => {
  test('adopts its order when IGF’s answer to the commit was lost', async () => {
    await world().igf.fault({ operation: 'POST /orders/commit', afterCommit: true });
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting());
    expect(await calls()).toEqual(['POST /orders/commit', 'GET /orders?listingId=1', placed[1]]);
    await expectOneOrder(worker);
  });

  test('commits again when IGF answered 500 and has no order', async () => {
    await world().igf.fault({ operation: 'POST /orders/commit', status: 500 });
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting());
    expect(await calls()).toEqual(['POST /orders/commit', 'GET /orders?listingId=1', ...placed]);
    await expectOneOrder(worker);
  });

  test('confirms once when IGF’s answer to the confirmation was lost', async () => {
    await world().igf.fault({ operation: 'POST /orders/finalize/{id}', afterCommit: true });
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting());
    expect(await calls()).toEqual([...placed, 'GET /orders?listingId=1', 'GET /listings/1']);
    await expectOneOrder(worker);
  });

  test('confirms again when IGF answered 500 to the confirmation', async () => {
    await world().igf.fault({ operation: 'POST /orders/finalize/{id}', status: 500 });
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting());
    expect((await calls()).at(-1)).toBe(placed[1]);
    await expectOneOrder(worker);
  });
});

describe('an order that is not confirmed', () => {
  test('withdraws its order when the return is over before it is confirmed', async () => {
    await world().igf.fault({ operation: 'POST /orders/finalize/{id}', status: 500 });
    const worker = bridge();
    await worker.takes(shipment(), rma());
    await worker.deliver(waiting());
    await worker.drain();
    expect(await theListing()).toMatchObject({ status: 'Pending' });
    await worker.takes(rma({ status: 'denied' }));
    expect(await orders()).toEqual([]);
    expect(await theListing()).toMatchObject({ status: 'Cancelled' });
    const item = await worker.theReturn(order);
    expect(item).toMatchObject({ state: 'Cancelled' });
    expect(item).not.toHaveProperty('match');
  });

  test('cancels the listing with its order when the return is over and the order is confirmed without an answer', async () => {
    await world().igf.fault({ operation: 'POST /orders/finalize/{id}', afterCommit: true });
    const worker = bridge();
    await worker.takes(shipment(), rma());
    await worker.deliver(waiting());
    await worker.drain();
    await worker.takes(rma({ status: 'denied' }));
    expect(await theListing()).toMatchObject({ status: 'Cancelled' });
    expect(await worker.theReturn(order)).toMatchObject({
      state: 'Cancelled',
      attention: `Serve ${buyersOrder} from stock: the forwarding ended.`,
    });
    expect(await worker.parked()).toEqual([]);
  });

  test('withdraws its order when the shipment is collected before it is confirmed', async () => {
    await world().igf.fault({ operation: 'POST /orders/finalize/{id}', status: 500 });
    const worker = bridge();
    await worker.takes(shipment(), rma());
    await worker.deliver(waiting());
    await worker.drain();
    await worker.takes(collected());
    expect(await orders()).toEqual([]);
    expect(await theListing()).toMatchObject({ status: 'Available' });
    const item = await worker.theReturn(order);
    expect(item).toMatchObject({ state: 'Listed' });
    expect(item).not.toHaveProperty('match');
  });
});

describe('when the bridge can not store the order that it placed', () => {
  const isOrder = (input: unknown): boolean => {
    const text = JSON.stringify(input);
    return text.includes('"phase":"committed"') && text.includes(':token');
  };

  test.each(['before', 'after'] as const)(
    'it rejects the order, and the listing is available again (the write failed %s it was done)',
    async (when) => {
      const dynamodb = breakingClient(world().addresses.dynamodb, isOrder, { when });
      const worker = bridge('on', { dynamodb });
      await worker.takes(shipment(), rma());
      await worker.deliver(waiting());
      await worker.drain();
      expect(await calls()).toEqual(placed);
      expect((await world().igf.requests()).at(-1)?.body).toEqual({ action: 'REJECT' });
      expect(await orders()).toEqual([]);
      expect(await theListing()).toMatchObject({ status: 'Available' });

      await worker.finish();
      const { state } = await worker.theReturn(order);
      expect((await orders()).length).toBe(state === 'Matched' ? 1 : 0);
      expect(await theListing()).toMatchObject({ status: state === 'Matched' ? 'Matched' : 'Available' });
      expect(state).toBe(when === 'before' ? 'Matched' : 'Listed');
      dynamodb.destroy();
    },
  );
});

/** Explore crashes at each of them in memory. */
const everyNth = isLong ? 1 : 4;

describe('an attempt that crashes at a call to the table', () => {
  test.each(['before', 'after'] as const)(
    'never leaves two orders or an unconfirmed one, at any call (%s the call was done)',
    async (when) => {
      let isAtEnd = false;
      for (let nth = 1; !isAtEnd; nth += everyNth) {
        await deploy();
        await bridge().takes(shipment(), rma());
        const dynamodb = breakingClient(world().addresses.dynamodb, (_input, call) => call === nth, { when });
        await bridge('on', { dynamodb }).takes(waiting());
        isAtEnd = !dynamodb.hasBroken();
        dynamodb.destroy();
        const { state } = await bridge().theReturn(order);
        const left = (await orders()).length;
        expect([nth, left, (await theListing())?.status]).toEqual(
          state === 'Matched' ? [nth, 1, 'Matched'] : [nth, 0, 'Available'],
        );
      }
    },
    150_000,
  );
});
