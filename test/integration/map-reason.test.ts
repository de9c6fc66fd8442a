import { tableItems } from '../../lib/table/dynamodb.ts';
import { putMapping } from '../../lib/table/term-mappings.ts';
import type { Bridge } from '../support/bridge.ts';
import { eventually } from '../support/eventually.ts';
import { eachOperated, type Operator } from '../support/operator.ts';
import type { OpsRun } from '../support/ops.ts';
import { type Delivery, rma, shipment } from '../support/webhooks.ts';
import type { World } from '../support/world.ts';

let world: World;
let operator: Operator;
let worker: Bridge;

eachOperated((fresh) => {
  ({ world, worker, operator } = fresh);
});

/** The webhooks of an order whose one article comes back for this reason. */
const returned = (orderId: string, reason: string): Delivery[] => [
  shipment({ order_increment_id: orderId, increment_id: `S${orderId}` }),
  rma({ order_increment_id: orderId, increment_id: `R${orderId}` }, { reason }),
];

/** Runs `npx bridge …` against this world. */
const ops = (...args: string[]): Promise<OpsRun> => operator.run(...args);

const statesOf = (...orderIds: string[]): Promise<string[]> =>
  Promise.all(orderIds.map(async (orderId) => (await worker.theReturn(orderId)).state));

test('a built-in text that has the meaning already needs nothing', async () => {
  const { code, text } = await ops('map-condition', 'gedragen', 'bad');
  expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('already') });
});

describe('three orders that wait for one text, and one that waits for another', () => {
  const three = ['1001', '1002', '1003'];

  beforeEach(async () => {
    const texts = ['mouwen te wijd', 'Mouwen  te wijd!', 'MOUWEN TE WIJD'];
    await worker.takes(
      ...three.flatMap((orderId, index) => returned(orderId, texts[index] ?? '')),
      ...returned('1004', 'mouwen te lang'),
    );
    expect(await statesOf(...three, '1004')).toEqual(Array(4).fill('NeedsMapping'));
    expect(await world.igf.requests()).toEqual([]);
  });

  test('become three listings once the text is mapped, each by one call, and the other order still waits', async () => {
    const { code, lines } = await ops('map-reason', 'mouwen te wijd', 'too_big');
    expect({ code, last: lines.at(-1) }).toMatchObject({ code: 0, last: /3 returns of 3 orders released/ });
    await worker.finish();

    expect(await statesOf(...three, '1004')).toEqual(['Listed', 'Listed', 'Listed', 'NeedsMapping']);
    const posts = await world.igf.posts();
    expect(posts.map(({ body }) => Object(body).listingWebshopOrderId).sort()).toEqual(three);
    expect(posts.map(({ body }) => Object(body).returnReason)).toEqual(Array(3).fill('too_big'));
    expect(await worker.parked()).toEqual([]);
  });

  test('are listed once although the mapping is made twice before a worker runs, and again afterwards', async () => {
    await ops('map-reason', 'mouwen te wijd', 'too_big');
    await ops('map-reason', 'mouwen te wijd', 'too_big');
    await worker.finish();
    const { lines } = await ops('map-reason', 'mouwen te wijd', 'too_big');
    await worker.finish();

    expect(lines.at(-1)).toBe('No return waited for this mapping.');
    expect(await world.igf.posts()).toHaveLength(3);
  });

  test('are not released by a dry run, which prints the calls to IGF', async () => {
    const { code, lines } = await ops('map-reason', 'mouwen te wijd', 'too_big', '--dry-run');
    await worker.finish();

    expect(code).toBe(0);
    expect(
      lines.filter((line) => /^Order 100[123], .* → POST \/listings .*"returnReason":"too_big"/.test(line)),
    ).toHaveLength(3);
    expect(lines.at(-1)).toMatch(/3 returns would be released. Nothing was changed/);
    expect(lines.join('\n')).not.toMatch(/jansen/i);
    expect(await statesOf(...three)).toEqual(Array(3).fill('NeedsMapping'));
    expect(await worker.item('VOCABULARY', 'REASON#mouwen te wijd')).toBeUndefined();
  });

  test('go the normal way when the text means that the article is broken', async () => {
    await ops('map-reason', 'mouwen te wijd', 'broken');
    await worker.finish();
    expect(await statesOf(...three)).toEqual(Array(3).fill('NotForwardable'));
    expect(await world.igf.requests()).toEqual([]);
  });

  test('are released by the next webhook of their order even where the mapping sent no message', async () => {
    const mapping = { field: 'reason', text: 'mouwen te wijd', meaning: 'too_big' } as const;
    await putMapping(tableItems(world.dynamodb, worker.stack.table), mapping, {
      at: new Date().toISOString(),
    });
    await worker.takes(...returned('1001', 'mouwen te wijd'));
    expect(await statesOf('1001')).toEqual(['Listed']);
  });

  test('are in the list of unmapped texts until they are mapped', async () => {
    const before = await ops('unmapped');
    expect(before.code).toBe(1);
    expect(before.lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^reason "mouwen te wijd": 3 returns waiting .*, since /),
        expect.stringMatching(/^reason "mouwen te lang": 1 return waiting .*, since /),
        "  npx bridge map-reason 'mouwen te wijd' '<meaning>' --local",
      ]),
    );

    await ops('map-reason', 'mouwen te wijd', 'too_big');
    await worker.finish();
    const after = await ops('unmapped');
    expect(after.lines.join('\n')).not.toContain('mouwen te wijd');
    expect(after.lines.join('\n')).toContain('mouwen te lang');
  });
});

test('a text that a shell would run is listed so that it can be pasted', async () => {
  await worker.takes(...returned('2002', "'te los' $(touch ran)"));
  expect((await ops('unmapped')).lines).toContain(
    "  npx bridge map-reason 'te los $touch ran' '<meaning>' --local",
  );
});

test('a new order with a mapped text is listed at once', async () => {
  await ops('map-reason', 'mouwen te wijd', 'too_big');
  await worker.takes(...returned('2001', 'Mouwen te wijd'));
  expect(await statesOf('2001')).toEqual(['Listed']);
  expect(await worker.item('VOCABULARY', 'UNMAPPED#REASON#mouwen te wijd')).toBeUndefined();
});

test('the mapping is readable in the console', async () => {
  await ops('map-condition', 'Een beetje los', 'bad');
  expect(await worker.item('VOCABULARY', 'CONDITION#een beetje los')).toMatchObject({
    field: 'condition',
    text: 'een beetje los',
    meaning: 'bad',
  });
});

test('a return that waits for a mapping is in the index under its text', async () => {
  await worker.takes(...returned('2002', 'mouwen te wijd'));
  const item = await eventually('the return waits', () => worker.item('ORDER#2002', 'RETURN#R2002#90'));
  expect(item).toMatchObject({ task: 'UNMAPPED#REASON#mouwen te wijd', due: item.attentionSince });
});

describe('bridge order', () => {
  test('prints deliveries, facts and returns, without personal data', async () => {
    await worker.takes(...returned('3001', 'te klein'));
    const { code, lines } = await ops('order', '3001');
    const text = lines.join('\n');

    expect(code).toBe(0);
    expect(text).toMatch(/stock-hub\/v1\/shipment {2}done, 1 attempt/);
    expect(text).toMatch(/R3001\/90, Listed, wsnl199/);
    expect(text).toMatch(/why +Listed at ItGoesForward as listing \d+/);
    expect(text).toMatch(/waits for +a buyer/);
    expect(text).not.toMatch(/jansen|dijkstraat|@|te klein|1Z7E3V556825150AAP/i);
  });

  test('prints personal data with --personal', async () => {
    await worker.takes(...returned('3002', 'te klein'));
    const text = (await ops('order', '3002', '--personal')).lines.join('\n');
    expect(text).toMatch(/Jansen/);
    expect(text).toMatch(/te klein/);
    expect(text).toMatch(/payload +\{/);
  });

  test('prints why a return waits, and the message that released it', async () => {
    await worker.takes(...returned('3003', 'mouwen te wijd'));
    expect((await ops('order', '3003')).lines.join('\n')).toMatch(
      /waits for +a mapping: npx bridge unmapped --local shows it/,
    );
    await ops('map-reason', 'mouwen te wijd', 'too_big');
    await worker.finish();
    expect((await ops('order', '3003')).lines.join('\n')).toMatch(/bridge\/v1\/advance {2}done, 1 attempt/);
  });

  test('prints one clear line for an unknown order', async () => {
    const { code, complaints, lines } = await ops('order', '3999');
    expect({ code, lines }).toEqual({ code: 1, lines: [] });
    expect(complaints).toEqual([`There is no order 3999 in the table ${worker.stack.table}.`]);
  });
});

test('a status that is mapped ends a listing whose RMA has it', async () => {
  await worker.takes(...returned('2003', 'te klein'));
  await worker.takes(
    rma(
      { order_increment_id: '2003', increment_id: 'R2003' },
      { reason: 'te klein', status: 'retour binnen' },
    ),
  );
  expect(await worker.theReturn('2003')).toMatchObject({
    state: 'Listed',
    attention: expect.stringMatching(/^Map the status/),
  });

  const { lines } = await ops('map-status', 'retour binnen', 'received');
  expect(lines.at(-1)).toMatch(
    /1 return of 1 order released. This shows the result: npx bridge order '<order>' --local/,
  );
  await worker.finish();
  expect(await statesOf('2003')).toEqual(['Cancelled']);
});
