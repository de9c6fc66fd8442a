import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import type { APIGatewayProxyEventV2, Context, SQSRecord } from 'aws-lambda';
import { ingest } from '../../functions/wiring/ingest.ts';
import { worker } from '../../functions/wiring/worker.ts';
import { listen } from '../../infra/local/listen.ts';
import { host } from '../../infra/local-services.ts';
import type { IngestEnvironment, Variables, WorkerEnvironment } from '../../lib/config/environment.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';
import { writeEnvelope } from '../../lib/webhooks/envelope.ts';
import { webhookSample } from '../support/samples.ts';

/**
 * The functions' calls to AWS on the wire, because the SQS emulator does not store the group of a standard
 * queue.
 */
interface Sent {
  readonly QueueUrl: string;
  readonly MessageBody: string;
  readonly MessageGroupId?: string;
}

const key = 'a-sender-key';
const sent: Sent[] = [];
let server: Server;
const before = { ...process.env };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const input = (await json(request)) as Sent;
    const target = String(request.headers['x-amz-target']);
    const answers: Record<string, () => object> = {
      'secretsmanager.GetSecretValue': () => ({ SecretString: key }),
      'AmazonSQS.SendMessage': () => {
        sent.push(input);
        return {
          MessageId: 'an-id',
          MD5OfMessageBody: createHash('md5').update(input.MessageBody).digest('hex'),
        };
      },
    };
    const answer = answers[target];
    response.writeHead(answer ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer?.() ?? { __type: 'ResourceNotFoundException' }));
  });
  const url = `http://${host}:${await listen(server, 0)}`;
  const environment: Variables<IngestEnvironment> & Variables<WorkerEnvironment> = {
    QUEUE_URL: `${url}/000000000000/queue`,
    REJECTED_QUEUE_URL: `${url}/000000000000/rejected`,
    DEAD_LETTER_QUEUE_URL: `${url}/000000000000/dead-letters`,
    SENDER_KEY_SECRET_ID: 'sender-key',
    STAGE: 'test',
    TABLE_NAME: 'no-such-table',
    IGF_BASE_URL: `${url}/igf`,
    IGF_PATHS: '{}',
    IGF_KEY_SECRET_ID: 'igf-key',
    POLICY: '{}',
    ATTENTION_TOPIC_ARN: 'arn:aws:sns:eu-central-1:000000000000:attention',
    CLAIM_LEASE_SECONDS: '120',
    IGF_CALLS_PER_SECOND: '4',
  };
  Object.assign(process.env, environment, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
});
afterAll(() => {
  process.env = before;
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  sent.length = 0;
});

const webhooks = senders.flatMap((sender) => sender.webhooks.map((webhook) => ({ sender, webhook })));

test.each(webhooks.map((each) => [each.webhook.name, each] as const))(
  'a delivery of %s is in the message group of its webhook, so that SQS shares the queue fairly',
  async (name, { webhook }) => {
    const event = {
      headers: { 'x-api-key': key, 'x-version': '1.0', 'content-type': 'application/json' },
      pathParameters: { token: key },
      body: JSON.stringify(webhookSample(name)),
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2;
    const handler = await ingest(webhook);
    expect(await handler(event, {} as Context)).toMatchObject({ statusCode: 202 });
    expect(sent).toMatchObject([{ MessageGroupId: name, QueueUrl: expect.stringMatching(/queue$/) }]);
  },
);

/** Processes a message that was sent so many hours ago. */
const task = (body: string, attributes: Partial<SQSRecord['attributes']>, hours = 0) => {
  const SentTimestamp = String(Date.now() - hours * 3_600_000);
  const record = { body, attributes: { ApproximateReceiveCount: '1', SentTimestamp, ...attributes } };
  return worker('winkelstraat')(
    { Records: [{ messageId: 'a-message', receiptHandle: 'a-receipt', ...record } as unknown as SQSRecord] },
    { getRemainingTimeInMillis: () => 30_000 },
  );
};
const parkedIn = (MessageGroupId: string) => [
  { MessageGroupId, QueueUrl: expect.stringMatching(/dead-letters$/) },
];

describe('a message that is parked', () => {
  const envelope = writeEnvelope({
    schema: 1,
    id: 'an-event',
    webhook: 'push-api/v2/rma',
    version: '1.0',
    receivedAt: '2025-03-01T10:00:00.000Z',
    correlationId: 'a-correlation',
    payload: webhookSample('push-api/v2/rma'),
  });

  test('keeps its group from SQS', async () => {
    await task(envelope, { MessageGroupId: 'redriven-by-hand' }, 25);
    expect(sent).toMatchObject(parkedIn('redriven-by-hand'));
  });

  test('is in the group of its webhook when SQS reports none', async () => {
    await task(envelope, {}, 25);
    expect(sent).toMatchObject(parkedIn('push-api/v2/rma'));
  });

  test('keeps its group also when it is unreadable', async () => {
    await task('tomorrow', { MessageGroupId: 'stock-hub/v1/rma' });
    expect(sent).toMatchObject(parkedIn('stock-hub/v1/rma'));
  });

  test('is parked without a group when SQS would not accept the name of its webhook', async () => {
    await task(JSON.stringify({ ...JSON.parse(envelope), webhook: 'nö such webhook' }), {});
    expect(sent).toHaveLength(1);
    expect(sent[0]).not.toHaveProperty('MessageGroupId');
  });
});
