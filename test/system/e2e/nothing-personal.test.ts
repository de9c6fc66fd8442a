import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { LocalRuntime } from '../../../infra/local/runtime.ts';
import { eventually as poll } from '../../support/eventually.ts';
import { type AnyItem, allItems } from '../../support/expiry.ts';
import { httpProxy } from '../../support/http-proxy.ts';
import { newLocalFolder } from '../../support/local-folder.ts';
import { startRuntime } from '../../support/local-runtime.ts';
import { runOps } from '../../support/ops.ts';
import { ingestFunctions, webhookSample } from '../../support/samples.ts';

type Json = Record<string, unknown>;

/** Every value about a person, every key and every token that is sent in, by where it is. */
const sentinels = new Map<string, string>();
/** Everything that comes out, by its channel. */
const emitted: { channel: string; text: string }[] = [];
const emit = (channel: string) => (text: string) => void emitted.push({ channel, text });

const keys = {
  winkelstraat: 'SENTINEL-key-of-winkelstraat',
  igf: 'SENTINEL-key-of-igf',
  igfToken: 'SENTINEL-token',
};
for (const [name, key] of Object.entries(keys)) sentinels.set(`key ${name}`, key);

const people =
  /(first|last|middle|company|customer)_?name$|mail|phone|street|city|postcode|iban|prefix$|birth/i;
const secrets = /token|url|pdf|label$|tracking_number|track_number|comment|note$/i;
const words = /^(reason|condition|resolution)$/;

/** The value in place of a personal one, of its kind. */
function sentinelFor(path: string, field: string): string {
  const word = `Sntnl${sentinels.size}q`;
  const value = /mail/i.test(field)
    ? `${word}@example.org`
    : /url|pdf/i.test(field)
      ? `https://x.org/${word}`
      : word;
  sentinels.set(path, value);
  return value;
}

/** A body with a sentinel in every field about a person. @param isWorded also in the customer's own words */
function withSentinels(value: unknown, path: string, isWorded = false, field = ''): unknown {
  if (Array.isArray(value))
    return value.map((one, at) => withSentinels(one, `${path}.${at}`, isWorded, field));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, inner]) => {
      const of = typeof inner === 'object' && !Array.isArray(inner) ? '' : name;
      return [name, withSentinels(inner, `${path}.${name}`, isWorded, of)] as const;
    });
    return Object.fromEntries(entries);
  }
  const isPersonal = people.test(field) || secrets.test(field) || (isWorded && words.test(field));
  return isPersonal && typeof value === 'string' ? sentinelFor(path, field) : value;
}

const eventually = <T>(what: string, find: () => Promise<T | undefined | false>): Promise<T> =>
  poll(what, find);

const folder = newLocalFolder();
let runtime: LocalRuntime;
let documents: DynamoDBDocumentClient;
const open = new AsyncDisposableStack();
const environment = { ...process.env };

beforeAll(async () => {
  runtime = open.use(
    await startRuntime({
      speed: 600,
      folder,
      secrets: keys,
      onLine: emit('the local log'),
      onFunctionLog: emit('the log of a function, with its metrics'),
      proxies: async (services) => {
        const sqs = open.use(
          await httpProxy(services.sqs, {
            onCall: ({ operation, body }) => {
              if (operation === 'Publish') emit('SNS')(decodeURIComponent(body.replaceAll('+', ' ')));
              return undefined;
            },
          }),
        );
        return { ...services, sqs: sqs.url };
      },
    }),
  );
  process.env.LOCAL_FOLDER = folder;
  const { dynamodb } = runtime.urls;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  documents = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: dynamodb, region: 'eu-central-1', credentials }),
  );
});
afterAll(async () => {
  process.env = environment;
  documents?.destroy();
  await open[Symbol.asyncDispose]();
});

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<number> {
  const answer = await fetch(`${runtime.urls.api}${path}`, {
    method: 'POST',
    headers: {
      'x-api-key': keys.winkelstraat,
      'x-version': '1.0',
      'content-type': 'application/json',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  emit('the answer to a webhook')(`${JSON.stringify([...answer.headers])} ${await answer.text()}`);
  return answer.status;
}

const control = async (path: string, body: Json): Promise<void> => {
  const url = new URL(`/_simulator${path}`, runtime.urls.igf);
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
};

const items = (): Promise<AnyItem[]> => allItems(documents, runtime.table);
const theReturn = (orderId: string, isWanted: (item: AnyItem) => boolean): Promise<AnyItem> =>
  eventually(`the return of ${orderId}`, async () =>
    (await items()).find(
      ({ pk, sk, ...item }) =>
        pk === `ORDER#${orderId}` && sk.startsWith('RETURN#') && isWanted({ pk, sk, ...item }),
    ),
  );

const run = async (...args: string[]): Promise<void> => {
  const { text, complaints } = await runOps(...args, '--local');
  emit(`npx bridge ${args.join(' ')}`)([text, ...complaints].join('\n'));
};

/** Posts the main job's webhooks of a new order. */
async function opens(orderId: string, isWorded = false): Promise<void> {
  const shipment = { ...webhookSample('stock-hub/v1/shipment'), order_increment_id: orderId };
  const rma = { ...webhookSample('stock-hub/v1/rma'), order_increment_id: orderId };
  expect(await post('/winkelstraat/stock-hub/v1/shipment', withSentinels(shipment, orderId))).toBe(202);
  expect(await post('/winkelstraat/stock-hub/v1/rma', withSentinels(rma, `${orderId}.rma`, isWorded))).toBe(
    202,
  );
}

test('nothing that comes out has a value about a person, a key or a token that was sent in', async () => {
  // Every webhook of both senders.
  for (const { webhook, path } of ingestFunctions) {
    const body = withSentinels(webhookSample(webhook), webhook);
    expect([webhook, await post(path.replace('{token}', keys.igfToken), body)]).toEqual([webhook, 202]);
  }
  // The main job up to a refund, and a text that nobody has mapped.
  await opens('SOLD');
  const { listingId } = await theReturn('SOLD', (item) => item.listingId !== undefined);
  await control('/orders', { listingId, webshopOrderId: 'WEB-1' });
  for (const eventType of ['LABELED', 'SHIPPED', 'COMPLETED', 'REFUND']) {
    await control('/events', { eventType, listingId });
  }
  await theReturn('SOLD', (item) => item.refundDue === true);
  await opens('WORDED', true);
  await theReturn('WORDED', ({ state }) => state === 'NeedsMapping');
  // A call that IGF refuses with our own values in its answer, so that its message is parked.
  const { email } = Object(sampleAddress());
  await control('/faults', {
    operation: 'POST /listings',
    status: 422,
    details: `The e-mail ${email} is wrong.`,
  });
  await opens('REFUSED');
  await theReturn('REFUSED', ({ refusal }) => refusal !== undefined);
  // What is refused: invalid, malformed, too large, without a route, with a wrong key.
  const invalid = withSentinels({ ...webhookSample('stock-hub/v1/rma'), items: null }, 'invalid', true);
  expect(await post('/winkelstraat/stock-hub/v1/rma', invalid)).toBe(406);
  expect(await post('/winkelstraat/stock-hub/v1/rma', `{"name": "${sentinelFor('malformed', 'name')}`)).toBe(
    406,
  );
  const large = { note: sentinelFor('large', 'name'), filling: 'x'.repeat(300_000) };
  expect(await post('/winkelstraat/stock-hub/v1/rma', large)).toBe(413);
  expect(await post('/winkelstraat/stock-hub/v9/rma', { name: sentinelFor('no route', 'name') })).toBe(404);
  for (const key of ['wrong', 'Bearer wrong', 'wrong, wrong']) {
    const sent = key.replaceAll('wrong', sentinelFor(`wrong key ${key}`, 'key'));
    expect(await post('/winkelstraat/stock-hub/v1/rma', {}, { 'x-api-key': sent })).toBe(401);
  }
  await eventually(
    'the refused ones are kept',
    async () => (await items()).filter(({ sk }) => sk === 'REJECTED').length >= 3,
  );
  await eventually(
    'notices are published',
    async () => emitted.filter(({ channel }) => channel === 'SNS').length >= 2,
  );

  const rejected = (await items()).find(({ sk }) => sk === 'REJECTED');
  const { rmaId, itemId } = await theReturn('SOLD', () => true);
  await run('attention');
  await run('attention', '--json');
  for (const order of ['SOLD', 'WORDED', 'REFUSED', '000000549']) await run('order', order);
  await run('done', `${rmaId}/${itemId}`, '--order', 'SOLD', '--note', 'paid', '--dry-run');
  await run('advance', '--dry-run', 'SOLD');
  await run('parked');
  await run('parked', 'redrive', '--preview');
  await run('rejected');
  await run('rejected', 'show', String(rejected?.id));
  await run('rejected', 'replay', '--all', '--preview');
  await run('unmapped');
  await run('erase', '--order', 'SOLD', '--dry-run');
  await run('erase', '--order', 'WORDED', '--force', '--yes');
  emit('alarms')(await (await fetch(`${runtime.urls.api}/_local/alarms`)).text());

  // The harness sees what it looks for: the table has it, and each channel had something.
  expect(JSON.stringify(await items())).toMatch(/Sntnl\d+q/i);
  expect(new Set(emitted.map(({ channel }) => channel)).size).toBeGreaterThan(15);
  const leaks = emitted.flatMap(({ channel, text }) =>
    [...sentinels]
      .filter(([, value]) => text.toLowerCase().includes(value.toLowerCase()))
      .map(([where]) => `${channel}: ${where}`),
  );
  expect([...new Set(leaks)]).toEqual([]);
});

/** The address whose e-mail IGF's refusal repeats. */
const sampleAddress = (): unknown => withSentinels({ email: 'a@b.nl' }, 'refusal');
