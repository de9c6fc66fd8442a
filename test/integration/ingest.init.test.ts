import { createServer, type Server } from 'node:http';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { ingest } from '../../functions/wiring/ingest.ts';
import { listen } from '../../infra/local/listen.ts';
import { host } from '../../infra/local-services.ts';
import type { IngestEnvironment, Variables } from '../../lib/config/environment.ts';
import { stockHubV1Rma } from '../../lib/webhooks/winkelstraat/rmas.ts';
import { awsStub } from '../support/aws-stub.ts';
import { logLines } from '../support/log-lines.ts';
import { rma } from '../support/webhooks.ts';

const key = 'a-sender-key';
const before = { ...process.env };
let server: Server;
let calls: string[];
let connections: number;
/** Which calls are answered 500. */
let failing: RegExp;

/** SQS and Secrets Manager at one address. @param port of an earlier one, 0 for any */
async function startAws(port = 0): Promise<number> {
  const stub = awsStub(key);
  server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    calls.push(operation);
    if (failing.test(operation)) response.writeHead(500).end('{}');
    else stub(request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  return await listen(server, port);
}

function stopAws(): Promise<unknown> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  return closed;
}

let port: number;
beforeEach(async () => {
  [calls, connections, failing] = [[], 0, /^$/];
  logLines.length = 0;
  port = await startAws();
  const url = `http://${host}:${port}`;
  const environment: Variables<IngestEnvironment> = {
    QUEUE_URL: `${url}/000000000000/queue`,
    REJECTED_QUEUE_URL: `${url}/000000000000/rejected`,
    SENDER_KEY_SECRET_ID: 'sender-key',
  };
  Object.assign(process.env, environment, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
});
afterEach(async () => {
  process.env = { ...before };
  await stopAws();
});

/** The status of a delivery's answer. */
async function post(handler: Awaited<ReturnType<typeof ingest>>): Promise<number> {
  const headers = { 'x-api-key': key, 'x-version': '1.0' };
  const event = { headers, body: JSON.stringify(rma().payload), isBase64Encoded: false };
  return (await handler(event as unknown as APIGatewayProxyEventV2, {} as Context)).statusCode;
}
const notPrepared = (): unknown[] =>
  logLines.filter(({ step }) => step === 'not-prepared').map(({ reason }) => reason);

test('init reads the secret and connects to SQS, so that the first delivery makes one call and no connection', async () => {
  const handler = await ingest(stockHubV1Rma);
  expect({ calls, connections }).toEqual({ calls: ['GetSecretValue'], connections: 2 });

  expect(await post(handler)).toBe(202);
  expect({ calls, connections }).toEqual({ calls: ['GetSecretValue', 'SendMessage'], connections: 2 });
  expect(await post(handler)).toBe(202);
  expect({ calls: calls.length, connections }).toEqual({ calls: 3, connections: 2 });
});

test('a secret that init could not read is read for the first delivery', async () => {
  failing = /GetSecretValue/;
  const handler = await ingest(stockHubV1Rma);
  expect(notPrepared()).toContain('reading the secret failed in init');
  expect(await post(handler)).toBe(503);

  failing = /^$/;
  expect(await post(handler)).toBe(202);
});

test('services that did not answer in init are called by the first delivery', async () => {
  await stopAws();
  const handler = await ingest(stockHubV1Rma);
  expect(notPrepared()).toEqual(
    expect.arrayContaining(['reading the secret failed in init', 'the connection to SQS failed in init']),
  );
  await startAws(port);

  expect(await post(handler)).toBe(202);
});

test('a connection that ended before the first delivery is opened again', async () => {
  const handler = await ingest(stockHubV1Rma);
  server.closeAllConnections();

  expect(await post(handler)).toBe(202);
  expect(calls.filter((call) => call === 'SendMessage')).toHaveLength(1);
});

test.each(['SendMessage', 'GetSecretValue'])('%s that fails once is called again', async (operation) => {
  let failures = 0;
  failing = { test: (call: string) => call === operation && ++failures === 1 } as RegExp;

  expect(await post(await ingest(stockHubV1Rma))).toBe(202);
  expect(failures).toBeGreaterThan(1);
  expect(notPrepared()).not.toContain('reading the secret failed in init');
});
