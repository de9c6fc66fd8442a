import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clockNow } from '../../../infra/local/clock.ts';
import { readLocalWorld } from '../../../infra/local-world.ts';
import type { Status } from '../../../infra/ops/status/status.ts';
import { eventually } from '../../support/eventually.ts';
import { eachRuntime } from '../../support/local-runtime.ts';
import { runOps, runOpsJson } from '../../support/ops.ts';

const at = eachRuntime({ speed: 600 });
const folders = mkdtempSync(join(tmpdir(), 'questions-'));
afterAll(() => rmSync(folders, { recursive: true, force: true }));

/** What a command answers, whose schema was checked. */
async function answer<T>(...args: string[]): Promise<T & { code: number }> {
  const { result, code } = await runOpsJson<T>(...args, '--local');
  return { ...result, code };
}

const status = () => answer<Status>('status');
const kinds = ({ problems }: Status): string[] => problems.map(({ kind }) => kind);

async function send(...args: string[]): Promise<string> {
  const { orders } = await answer<{ orders: string[] }>('send', ...args);
  return orders[0] ?? '';
}

/** Lets `--local` find the same bridge, so many days later. */
function daysLater(days: number): void {
  const { now: _, ...world } = readLocalWorld(at.folder);
  const { speed } = world.clock;
  const startedAt = world.clock.startedAt + (days * 24 * 3_600_000) / (1 - speed);
  const clock = { startedAt, speed };
  expect(clockNow(clock) - clockNow(world.clock)).toBeGreaterThan((days - 1) * 24 * 3_600_000);
  const folder = mkdtempSync(join(folders, 'later-'));
  writeFileSync(join(folder, 'bridge.json'), JSON.stringify({ ...world, clock }));
  process.env.LOCAL_FOLDER = folder;
}

const simulator = (path: string): URL => new URL(`/_simulator/${path}`, at.runtime.urls.igf);

interface Found {
  readonly found: { kind: string; id: string; orderId: string; as: string; command: string }[];
  readonly total: number;
}
const places = ({ found }: Found): string[] => found.map(({ kind, as }) => `${kind} as ${as}`);

test('a bridge with nothing to do is fine, and says so', async () => {
  expect(await status()).toMatchObject({
    ...{ code: 0, ok: true, problems: [], stage: 'local', mode: 'live' },
    igf: { state: 'up', subscribed: 8 },
    retries: { count: 0, oldest: null },
    queues: [{ name: 'winkelstraat' }, { name: 'igf' }, { name: 'quarantine' }],
  });
  expect(await answer('retries')).toEqual({ code: 0, total: 0, retries: [] });
  expect(await answer('gaps')).toEqual({ code: 0, total: 0, gaps: [] });
  const { lines } = await runOps('status', '--local');
  expect(lines.slice(0, 2)).toEqual(['Stage local, mode live.', 'Nothing is broken.']);
});

test('whatever a person has in hand is found, with the command that shows it', async () => {
  const orderId = await send('--scenario', 'refund');
  const shown = `npx bridge order ${orderId} --local`;
  const [event] = (await answer<{ events: { eventId: string; correlationId: string }[] }>('events')).events;
  const { returns } = await answer<{
    returns: { rmaId: string; itemId: string; sku: string; listingId: number; orderId: string }[];
  }>('returns');
  const item = returns.find((each) => each.orderId === orderId);
  const isReturn = { kind: 'return', id: `${item?.rmaId}/${item?.itemId}`, orderId, command: shown };

  expect(await answer<Found>('find', orderId)).toMatchObject({
    code: 0,
    found: [{ kind: 'order', id: orderId, as: 'order', command: shown }],
  });
  for (const [as, text] of Object.entries({
    RMA: item?.rmaId,
    sku: item?.sku,
    listing: item?.listingId,
    return: isReturn.id,
  })) {
    const { found } = await answer<Found>('find', String(text));
    expect(found).toContainEqual({ ...isReturn, as });
  }
  const { eventId = '', correlationId = '' } = event ?? {};
  expect(places(await answer<Found>('find', eventId.slice(0, 8)))).toEqual(['delivery as event']);
  expect(places(await answer<Found>('find', correlationId))).toEqual(['delivery as correlation id']);
  expect(await answer('find', 'of-nobody')).toEqual({ code: 1, total: 0, found: [] });

  const email = 'jan.jansen@gwinkelstraat.nl';
  const byEmail = await runOps('find', email, '--local');
  expect(byEmail.code).toBe(0);
  expect(byEmail.text).toContain(`order ${orderId}  (e-mail)`);
  expect(byEmail.text).not.toContain(email);
});

test('what needs a person is a problem, with its command, and what heals itself is none', async () => {
  await send('--scenario', 'rejected');
  await send('--scenario', 'unknown-text');
  await send('--scenario', 'refused');
  const found = await eventually('all of it is known', async () => {
    const now = await status();
    return ['attention', 'parked', 'rejected'].every((kind) => kinds(now).includes(kind as never)) && now;
  });
  expect(found.code).toBe(1);
  const commands = Object.fromEntries(found.problems.map(({ kind, command }) => [kind, command]));
  expect(commands).toMatchObject({
    attention: 'npx bridge attention --local',
    parked: 'npx bridge parked --local',
    rejected: 'npx bridge rejected --local',
  });
  expect(found.attention).toContainEqual(
    expect.objectContaining({ kind: 'refund-due', count: 1, amount: expect.any(Number) }),
  );
  expect(found.rejected).toMatchObject({ count: 1, deadline: expect.any(String) });

  expect(await answer('events', '--outcome', 'parked')).toMatchObject({
    ...{ code: 0, total: 1, outcomes: { parked: 1 } },
    events: [{ webhook: 'push-api/v2/rma', outcome: 'parked', error: expect.stringContaining('400') }],
  });
  expect(await answer('events', '--outcome', 'rejected', '--since', '7d')).toMatchObject({
    ...{ total: 1, events: [{ orderId: null }] },
  });
  expect(await answer('returns', '--state', 'needsmapping', '--limit', '1')).toMatchObject({
    ...{ total: 1, states: { NeedsMapping: 1 } },
  });
  const typo = await runOps('returns', '--state', 'Shiped', '--local');
  expect(typo).toMatchObject({ code: 2, lines: [] });
  expect(typo.complaints.join('\n')).toContain('Did you mean Shipped?');
});

test('an outage is a problem once a message has waited for an hour', async () => {
  const fault = { operation: '*', status: 503, times: 100_000 };
  await fetch(simulator('faults'), { method: 'POST', body: JSON.stringify(fault) });
  const orderId = await send('push-api/v2/rma');
  const [retry] = await eventually('it is retried', async () => {
    const { retries } = await answer<{ retries: { orderId: string; reason: string }[] }>('retries');
    return retries.length > 0 && retries;
  });
  expect(retry).toMatchObject({ orderId, webhook: 'push-api/v2/rma', nextAttemptAt: expect.any(String) });
  const down = await eventually('it is a problem', async () => {
    const now = await status();
    return kinds(now).includes('igf') && now;
  });
  expect(down.igf).toMatchObject({ state: 'down', reason: 'GET /webhooks: IGF answered 503' });
  const { since, command, text } = down.problems[0] ?? {};
  expect({ since, command }).toEqual({ since: down.igf?.since, command: 'npx bridge retries --local' });
  expect(text).toContain('Waiting for it: 1 message.');
  expect(Date.parse(down.at) - Date.parse(since ?? '')).toBeGreaterThan(3_600_000);
  await fetch(simulator('faults'), { method: 'DELETE' });
  await eventually('it is over', async () => !kinds(await status()).includes('igf'));
});

test('a return that waits for its shipment is a gap the day after, with the mail that gets it sent', async () => {
  const orderId = await send('stock-hub/v1/rma');
  await eventually('it waits', async () => {
    const { states } = await answer<{ states: Record<string, number> }>(
      'returns',
      '--state',
      'AwaitingShipment',
    );
    return states.AwaitingShipment === 1;
  });
  daysLater(2);
  const { gaps, code } = await answer<{ gaps: { orderId: string }[] }>('gaps');
  expect(code).toBe(1);
  expect(gaps.find((gap) => gap.orderId === orderId)).toMatchObject({
    ...{ kind: 'shipment', state: 'AwaitingShipment', call: null },
    mail: { to: 'partnersupport@winkelstraat.nl', text: expect.stringContaining(`Order ${orderId}`) },
  });
  expect((await runOps('gaps', '--local')).text).toContain('  Mail partnersupport@winkelstraat.nl: "Order ');
});
