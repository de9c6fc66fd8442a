import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readLocalWorld } from '../../../infra/local-world.ts';
import { documentsOf, settingsAt } from '../../../infra/ops/aws/open-bridge.ts';
import { scenarios } from '../../../infra/ops/send/scenario.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { bridgeTable } from '../../../lib/table/bridge-table.ts';
import { eventually } from '../../support/eventually.ts';
import { eachRuntime } from '../../support/local-runtime.ts';
import { runOps, runOpsJson } from '../../support/ops.ts';

interface Sent {
  readonly webhook: string;
  readonly status: number;
  readonly eventId: string | null;
  readonly problem: string | null;
}
interface Sending {
  readonly orders: string[];
  readonly steps: { readonly text: string; readonly failed: boolean; readonly sent: Sent | null }[];
  readonly bodies: Record<string, unknown>[];
}

const at = eachRuntime({ speed: 600 });
let returnsOf: (orderId: string) => Promise<readonly ReturnItem[]>;

beforeAll(async () => {
  const { endpoints, outputs, stage } = readLocalWorld(at.folder);
  const { region } = stage.settings;
  const dynamodb = new DynamoDBClient({ ...settingsAt(endpoints.dynamodb), region });
  const table = bridgeTable(documentsOf(dynamodb), outputs.TableName ?? '');
  returnsOf = async (orderId) => (await table.readOrder(orderId)).returns;
});

async function sends(...args: string[]): Promise<Sending & { code: number }> {
  const { result, code } = await runOpsJson<Sending>('send', ...args, '--local');
  return { ...result, code };
}

const theReturn = async (orderId = ''): Promise<ReturnItem | undefined> => (await returnsOf(orderId))[0];

/** The bodies of the calls that listed an article of the order. */
async function listings(orderId: string): Promise<{ status: number; body: Record<string, unknown> }[]> {
  const requests = (await (await fetch(new URL('/_simulator/requests', at.runtime.urls.igf))).json()) as {
    method: string;
    path: string;
    status: number;
    body: Record<string, unknown>;
  }[];
  return requests.filter(
    ({ method, path, body }) =>
      method === 'POST' && path === '/listings' && body.listingWebshopOrderId === orderId,
  );
}

const ends: Readonly<Record<string, Partial<ReturnItem>>> = {
  listed: { state: 'Listed' },
  matched: { state: 'Matched' },
  shipped: { state: 'Shipped' },
  refund: { state: 'Completed', refundDue: true },
  happy: { state: 'Settled' },
  reseller: { state: 'Listed' },
  partial: { state: 'Listed' },
  'unknown-text': { state: 'NeedsMapping' },
  denied: { state: 'Cancelled' },
  'customer-cancels': {
    state: 'Cancelled',
    attention: expect.stringMatching(/^Serve bought-\d+ from stock/),
  },
  deadline: { state: 'DeadlinePassed', attention: expect.stringMatching(/^Serve bought-\d+ from stock/) },
  'lost-parcel': { refundDue: true, attention: expect.stringMatching(/the carrier lost/) },
  outage: { state: 'Listed' },
  refused: { state: 'Listing', attention: expect.stringMatching(/^Listing refused/) },
  duplicate: { state: 'Listed' },
};

test.each(Object.keys(scenarios).filter((name) => name !== 'rejected'))(
  'the scenario %s ends as it says',
  async (name) => {
    const { code, orders, steps } = await sends('--scenario', name);
    expect({ code, failed: steps.filter(({ failed }) => failed) }).toEqual({ code: 0, failed: [] });
    const [orderId = ''] = orders;
    const expected = expect.objectContaining(ends[name] ?? { state: 'an end that this test knows' });
    await eventually(`${name} has ended`, async () =>
      expected.asymmetricMatch(await theReturn(orderId)),
    ).catch(async () => expect(await theReturn(orderId)).toEqual(expected));
    const calls = await listings(orderId);
    if (name === 'outage') expect(calls.map(({ status }) => status)).toEqual([500, 500, 500, 201]);
    if (name === 'duplicate') expect(calls).toHaveLength(1);
    if (name === 'partial') expect(calls[0]?.body.quantity).toBe(1);
  },
);

test('the scenario rejected leaves the webhook in the quarantine, and says how to see it', async () => {
  const { code, text } = await runOps('send', '--scenario', 'rejected', '--local');
  expect(code).toBe(0);
  expect(text).toMatch(/^push-api\/v2\/rma: 406, .*x-version/);
  expect(text).toMatch(/^npx bridge rejected --local$/m);
  await eventually(
    'it is listed',
    async () => (await runOps('rejected', '--local')).text.includes('push-api/v2/rma'),
    20_000,
  );
});

test('a webhook is sent with fresh numbers and other values, and the printed command finds its order', async () => {
  const run = await runOps('send', 'push-api/v2/rma', '--set', 'reason=te wijd', '--local');
  expect(run).toMatchObject({ code: 0, complaints: [] });
  const [, orderId = ''] = /^npx bridge order (\d{9}) --local$/m.exec(run.text) ?? [];
  const item = await eventually('its return', () => theReturn(orderId));
  expect(item.opening?.reason).toBe('te wijd');
});

test('several times is several orders, or several returns of the one that was asked for', async () => {
  const several = await sends('push-api/v2/rma', '--times', '2');
  expect(new Set(several.orders).size).toBe(2);
  const { orders } = await sends('stock-hub/v1/rma', '--order', '000000777', '--times', '2');
  expect(orders).toEqual(['000000777']);
  await eventually('two returns', async () => (await returnsOf('000000777')).length === 2);
});

test('a webhook that the bridge refuses is exit code 1, with the reason', async () => {
  const { code, steps } = await sends('stock-hub/v1/rma', '--set', 'items=[]');
  expect(code).toBe(1);
  expect(steps).toEqual([
    expect.objectContaining({ failed: true, sent: expect.objectContaining({ status: 406 }) }),
  ]);
});

test('an event of IGF is sent with the token of the path, which nobody sees', async () => {
  const { code, steps, orders } = await sends('v1/shipped');
  expect({ code, orders }).toEqual({ code: 0, orders: [] });
  expect(steps[0]?.text).toMatch(/^v1\/shipped: 202, event [0-9a-f]{8}$/);
});

test('a dry run shows the body, and sends nothing', async () => {
  const { orders, bodies, steps } = await sends('push-api/v2/rma', '--dry-run');
  expect({ steps, bodies }).toEqual({
    steps: [],
    bodies: [expect.objectContaining({ status: 'authorized' })],
  });
  expect(await returnsOf(orders[0] ?? '')).toEqual([]);
  const planned = await sends('--scenario', 'happy', '--dry-run');
  expect(planned.steps.length).toBeGreaterThan(5);
});
