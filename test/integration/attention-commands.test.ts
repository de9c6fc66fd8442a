import { bridgeTable } from '../../lib/table/bridge-table.ts';
import { updateReturn } from '../../lib/table/optimistic-update.ts';
import { Bridge } from '../support/bridge.ts';
import { eachOperated, type Operator } from '../support/operator.ts';
import type { OpsRun } from '../support/ops.ts';
import { type Delivery, order, rma, shipment } from '../support/webhooks.ts';
import type { Stack, World } from '../support/world.ts';

let world: World;
let operator: Operator;
let stack: Stack;
let worker: Bridge;

eachOperated((fresh) => {
  ({ world, stack, worker, operator } = fresh);
});

/** Runs `npx bridge …` against this world. */
const ops = (...args: string[]): Promise<OpsRun> => operator.run(...args);

const returnId = '000000093/90';

/** An article of an order that nobody named: its carrier has lost it, and the bridge asks a person. */
const inTrouble = (orderId = order): Delivery[] => [
  shipment({ order_increment_id: orderId, status: 'EXCEPTION', po_number: 'PO-7' }),
  rma({ order_increment_id: orderId }),
];

describe('bridge attention', () => {
  test('lists nothing while no return waits for a person', async () => {
    await worker.takes(shipment(), rma());
    const { code, lines } = await ops('attention');
    expect({ code, lines }).toEqual({
      code: 0,
      lines: ['Stage local, mode live.', 'No return waits for a person.'],
    });
    expect(JSON.parse((await ops('attention', '--json')).text)).toEqual([]);
  });

  test('lists what a person must do, the longest waiting first', async () => {
    await worker.takes(...inTrouble(), ...inTrouble('000000550'));
    await worker.takes(
      shipment({ order_increment_id: '000000551' }),
      rma({ order_increment_id: '000000551' }, { reason: 'mouwen vreemd' }),
    );
    const { code, text } = await ops('attention');
    expect(code).toBe(1);
    expect(text).toMatch(
      /order 000000549.*\n.*carrier-exception, since .*\n.*problem with shipment.*\n.*npx bridge done 000000093\/90 .* --local\norder 000000550[\s\S]*\norder 000000551.*\n.*\n.*\n {2}npx bridge unmapped --local/,
    );
    expect(text).toMatch(/3 returns\.$/);
    expect(text).not.toMatch(/jansen|dijkstraat|@gwinkel/i);
  });

  test('prints a bare array with --json', async () => {
    await worker.takes(...inTrouble());
    const { attentionSince } = await worker.theReturn(order);
    const { code, text } = await ops('attention', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(text)).toEqual([
      {
        orderId: order,
        poNumber: expect.any(String),
        rmaId: '000000093',
        itemId: '90',
        kind: 'carrier-exception',
        text: expect.stringMatching(/^The carrier reports a problem/),
        since: attentionSince,
        amount: null,
        currency: 'EUR',
      },
    ]);
  });

  test('lists a return that has waited for a day, before the reconciler has run', async () => {
    await worker.takes(rma());
    expect((await ops('attention')).code).toBe(0);
    const waitingSince = new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString();
    const ref = await worker.theReturn(order);
    const table = bridgeTable(world.dynamodb, stack.table);
    await updateReturn(ref, (item) => ({ ...item, waitingSince }), table);

    const [entry] = JSON.parse((await ops('attention', '--json')).text);
    expect(entry).toMatchObject({ kind: 'waits-for-shipment', since: waitingSince });
    expect(entry.text).toContain('partnersupport@winkelstraat.nl');
    expect((await ops('order', order)).text).toMatch(/waits for +the shipment, which .*, since /);
  });
});

describe('bridge done', () => {
  test('stores who did what, and takes the return off the list', async () => {
    await worker.takes(...inTrouble());
    const { code, text } = await ops('done', returnId, '--note', 'asked PostNL', '--by', 'jan');
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('carrier-exception') });
    expect(text).toMatch(/before {2}.*The carrier reports a problem/);
    expect(text).toMatch(/after /);
    await worker.finish();

    const item = await worker.theReturn(order);
    expect(item.answers).toEqual([
      { task: 'carrier-exception', note: 'asked PostNL', by: 'jan', at: expect.any(String) },
    ]);
    expect(item.attention).toBeUndefined();
    expect((await ops('attention')).code).toBe(0);
    expect((await ops('order', order)).text).toMatch(/bridge\/v1\/advance {2}(done|skipped)/);
  });

  test('changes nothing with --dry-run', async () => {
    await worker.takes(...inTrouble());
    const { code, lines } = await ops('done', returnId, '--note', 'asked PostNL', '--dry-run');
    await worker.finish();
    expect({ code, last: lines.at(-1) }).toEqual({ code: 0, last: 'Nothing was changed.' });
    expect(await worker.theReturn(order)).not.toHaveProperty('answers');
  });

  test('needs the order when several orders have such a return', async () => {
    await worker.takes(...inTrouble(), ...inTrouble('000000550'));
    const { code, complaints } = await ops('done', returnId, '--note', 'asked');
    expect({ code, complaints }).toEqual({
      code: 1,
      complaints: [
        expect.stringMatching(/Several orders have a return 000000093\/90 \(.*\): name one with --order/),
      ],
    });
    expect((await ops('done', returnId, '--note', 'asked', '--order', '000000550')).code).toBe(0);
    await worker.finish();
    expect((await worker.theReturn('000000550')).answers).toHaveLength(1);
    expect(await worker.theReturn(order)).not.toHaveProperty('answers');
  });

  test('refuses when nothing is open, and when there is no such return', async () => {
    await worker.takes(shipment(), rma());
    const listed = await ops('done', returnId, '--note', 'asked', '--order', order);
    expect(listed).toMatchObject({
      code: 1,
      complaints: [expect.stringMatching(/needs no person\. It is Listed/)],
    });
    expect(await ops('done', returnId, '--note', 'asked')).toMatchObject({
      code: 1,
      complaints: [`No return ${returnId} waits for anything: name its order with --order <order>.`],
    });
    expect(await ops('done', '1/2', '--note', 'asked', '--order', order)).toMatchObject({
      code: 1,
      complaints: [`Order ${order} has no return 1/2.`],
    });
  });
});

describe('bridge advance', () => {
  const daysAgo = (days: number): string =>
    new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const observed = async (orderId: string, days: number): Promise<void> => {
    const observer = new Bridge(world, stack, { policy: { mode: 'observe' } });
    const header = {
      order_increment_id: orderId,
      increment_id: `R${orderId}`,
      date_requested: daysAgo(days),
    };
    await observer.takes(shipment({ order_increment_id: orderId, increment_id: `S${orderId}` }), rma(header));
    expect(await observer.theReturn(orderId)).toMatchObject({ state: 'Requested', observedOnly: true });
  };

  test('--all lists what mode=observe kept back, apart from what is old', async () => {
    await observed('1001', 2);
    await observed('1002', 13);
    await observed('1003', 20);

    const preview = await ops('advance', '--all', '--preview');
    expect(preview.lines.filter((line) => /^Order 100[12], .* → POST \/listings/.test(line))).toHaveLength(2);
    expect(preview.text).toMatch(/2 orders would be advanced\. Nothing was changed\./);
    expect(preview.text).toMatch(
      /requested more than 14 days ago:\n {2}order 1003, return R1003\/90, requested/,
    );
    await worker.finish();
    expect(await world.igf.posts()).toEqual([]);

    expect((await ops('advance', '--all')).text).toMatch(/2 orders advanced/);
    await worker.finish();
    const states = ['1001', '1002', '1003'].map(async (orderId) => (await worker.theReturn(orderId)).state);
    expect(await Promise.all(states)).toEqual(['Listed', 'Listed', 'Requested']);
    expect(await worker.theReturn('1001')).not.toHaveProperty('observedOnly');

    await ops('advance', '--order', '1003');
    await worker.finish();
    expect(await worker.theReturn('1003')).toMatchObject({ state: 'Listed' });
    expect((await ops('advance', '--all')).text).toMatch(/Nothing is kept back\./);
  });

  test('--newer-than names other days', async () => {
    await observed('1001', 2);
    const { text } = await ops('advance', '--all', '--newer-than', '1', '--preview');
    expect(text).toMatch(/0 orders would be advanced.*\n.*requested more than 1 day ago:\n.*1001/);
  });

  test('--release forgets the texts that ruled a return out, and says who released it', async () => {
    await worker.takes(shipment(), rma({}, { reason: 'kapot' }));
    expect(await worker.theReturn(order)).toMatchObject({ state: 'NotForwardable' });
    const { code, text } = await ops('advance', returnId, '--release', '--by', 'jan', '--order', order);
    expect({ code, text }).toEqual({ code: 0, text: expect.stringMatching(/Released, by jan/) });
    const { release, texts } = await worker.theReturn(order);
    expect({ release, texts }).toEqual({ release: { at: expect.any(String), by: 'jan' }, texts: undefined });
  });

  test('an order without a return is named', async () => {
    expect(await ops('advance', '--order', '9999')).toMatchObject({
      code: 1,
      complaints: ['There is no return of order 9999 in the table.'],
    });
  });
});
