import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { scenarios } from '../../infra/ops/send/scenario.ts';
import { type AwsAccount, inAwsAccount } from '../support/aws-account.ts';
import { runOps } from '../support/ops.ts';

const received: { url: string; headers: Record<string, unknown>; body: Record<string, unknown> }[] = [];

const api = createServer(async (request, response) => {
  const { url = '', headers } = request;
  received.push({ url, headers, body: (await json(request)) as Record<string, unknown> });
  response.writeHead(202, { 'x-correlation-id': 'c-1' }).end('{"id":"0123456789abcdef"}');
});
let aws: AwsAccount;

inAwsAccount(async (account) => {
  aws = account;
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  const outputs = {
    TableName: 't',
    IgfBaseUrl: 'https://igf.example.com/api/v1',
    WinkelstraatKeySecret: 'winkelstraat-key',
    IgfPathTokenSecret: 'path-token',
    Url0: `${base}/winkelstraat/push-api/v2/rma`,
    Url1: `${base}/igf/v1/shipped/{token}`,
  };
  aws.stacks.set('returns-bridge-test', { ...outputs, Mode: 'observe' });
  aws.stacks.set('returns-bridge-prod', { ...outputs, Mode: 'live' });
});
beforeEach(() => {
  received.length = 0;
  aws.secrets.set('winkelstraat-key', 'the-key').set('path-token', 'the-token');
});
afterAll(() => void api.close());

test('a stage that observes gets the webhook with the key of its secret and a version', async () => {
  const { code, text } = await runOps('send', 'push-api/v2/rma', '--stage', 'test', '--order', '000000777');
  expect(code).toBe(0);
  expect(text).toContain('push-api/v2/rma: 202, event 01234567');
  expect(text).toContain('npx bridge order 000000777 --stage test');
  expect(received).toEqual([
    {
      url: '/winkelstraat/push-api/v2/rma',
      headers: expect.objectContaining({ 'x-api-key': 'the-key', 'x-version': '2.0.0' }),
      body: expect.objectContaining({ order: expect.objectContaining({ order_id: '000000777' }) }),
    },
  ]);
  expect(text).not.toContain('the-key');
});

test('an event of IGF has its token in the path, and no key', async () => {
  const { text } = await runOps('send', 'v1/shipped', '--stage', 'test');
  expect(received).toMatchObject([{ url: '/igf/v1/shipped/the-token' }]);
  expect(received[0]?.headers).not.toHaveProperty('x-api-key');
  expect(text).not.toContain('the-token');
});

test('a scenario sends only its webhooks there, and says what it leaves out', async () => {
  const { code, lines } = await runOps('send', '--scenario', 'listed', '--stage', 'test');
  expect(code).toBe(0);
  expect(received).toHaveLength(1);
  expect(lines).toContain('wait for Listed: left out, because this bridge makes no call to ItGoesForward');
});

test('a stage that is live gets nothing', async () => {
  const { code, complaints } = await runOps('send', 'push-api/v2/rma', '--stage', 'prod');
  expect(code).toBe(1);
  expect(complaints).toEqual([expect.stringMatching(/^Stage prod is live: .*mode=observe\.$/)]);
  expect(received).toEqual([]);
});

test('a stage whose secret has no value gets nothing', async () => {
  aws.secrets.set('winkelstraat-key', undefined);
  const { code, complaints } = await runOps('send', 'push-api/v2/rma', '--stage', 'test');
  expect(code).toBe(1);
  expect(complaints).toEqual(['The secret winkelstraat-key has no value yet.']);
});

test.each([
  [[], /^send needs a webhook, or --scenario <name> without --set/],
  [['push-api/v2/rma', '--scenario', 'happy'], /^send needs a webhook, or --scenario <name> without --set/],
  [['push-api/v9/rma'], /no webhook push-api\/v9\/rma\. The webhooks are: /],
  [['--scenario', 'sad'], /no scenario sad\. The scenarios are: .*happy/],
  [['--scenario', 'happy', '--set', 'a=b'], /^send needs a webhook, or --scenario <name> without --set/],
  [['push-api/v2/rma', '--set', 'resaon=x'], /no field resaon/],
  [['push-api/v2/rma', '--set', 'reason'], /a path and a value/],
  [['push-api/v2/rma', '--times', '0'], /whole number/],
])('send %j is typed wrong', async (args, message) => {
  const { code, lines, complaints } = await runOps('send', ...args, '--stage', 'test');
  expect({ code, lines }).toEqual({ code: 2, lines: [] });
  expect(complaints).toEqual([expect.stringMatching(message)]);
  expect(received).toEqual([]);
});

test('the list of scenarios is part of the help', async () => {
  const { code, text } = await runOps('send', '--list');
  expect(code).toBe(0);
  for (const name of Object.keys(scenarios))
    expect(text).toMatch(new RegExp(`^ {2}${name} +[A-Z].*\\.$`, 'm'));
});
