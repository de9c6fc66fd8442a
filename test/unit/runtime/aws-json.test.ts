import { jest } from '@jest/globals';
import { AwsJsonClient } from '../../../lib/runtime/aws-json.ts';
import { failureOf, scriptedServer } from '../igf/scripted-server.ts';

const server = scriptedServer();
const url = (): string => new URL(server.address()).origin;
const before = { ...process.env };

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (/^_?(AWS|X_AMZN)_/.test(name)) delete process.env[name];
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'an-id',
    AWS_SECRET_ACCESS_KEY: 'a-secret-key',
    AWS_ENDPOINT_URL: url(),
  });
  // The shortest pause before a second attempt.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...before };
});

const message = { QueueUrl: 'a-queue', MessageBody: 'Jan Jansen’s return' };
const send = (client = new AwsJsonClient('sqs')): Promise<unknown> => client.call('SendMessage', message);
const answered = { MessageId: 'an-id' };

describe('a call', () => {
  test('is signed with the credentials of Lambda’s environment, in the protocol of the service', async () => {
    process.env.AWS_SESSION_TOKEN = 'a-token';
    server.answers(200, answered);

    expect(await send()).toEqual(answered);
    await new AwsJsonClient('secretsmanager').call('GetSecretValue', { SecretId: 'key' });

    const signedFor = (service: string) =>
      expect.stringMatching(
        new RegExp(`^AWS4-HMAC-SHA256 Credential=an-id/\\d{8}/eu-west-1/${service}/aws4_request, `),
      );
    expect(server.received).toMatchObject([
      {
        method: 'POST',
        path: '/',
        body: JSON.stringify(message),
        headers: {
          'x-amz-target': 'AmazonSQS.SendMessage',
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-security-token': 'a-token',
          authorization: signedFor('sqs'),
        },
      },
      {
        headers: {
          'x-amz-target': 'secretsmanager.GetSecretValue',
          'content-type': 'application/x-amz-json-1.1',
          authorization: signedFor('secretsmanager'),
        },
      },
    ]);
  });

  test('carries the trace of the invocation, which may change on the way and is not signed', async () => {
    server.answers(200, answered);
    const client = new AwsJsonClient('sqs');
    await send(client);
    process.env._X_AMZN_TRACE_ID = 'Root=1-2-3';
    await send(client);

    const [first, second] = server.received;
    expect(first?.headers).not.toHaveProperty('x-amzn-trace-id');
    expect(second?.headers['x-amzn-trace-id']).toBe('Root=1-2-3');
    expect(second?.headers.authorization).not.toContain('x-amzn-trace-id');
  });

  test('goes to the endpoint of its service where there is one', async () => {
    Object.assign(process.env, { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ENDPOINT_URL_SQS: url() });
    server.answers(200, answered);

    expect(await send()).toEqual(answered);
    const elsewhere = new AwsJsonClient('secretsmanager').call('GetSecretValue', {});
    expect(await failureOf(elsewhere)).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('without such a variable goes to AWS in its own region', async () => {
    delete process.env.AWS_ENDPOINT_URL;
    process.env.AWS_REGION = 'nowhere.invalid';

    expect(await failureOf(send())).toMatchObject({
      code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
      hostname: 'sqs.nowhere.invalid.amazonaws.com',
    });
  });
});

/** Answers by turns, the last one again and again. */
const inTurn = (...turns: readonly [status: number, body: unknown][]): void => {
  server.does((response) => {
    const [status, body] = turns[Math.min(server.received.length, turns.length) - 1] ?? [200, answered];
    if (status === 0) return void response.destroy();
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
};

describe('a second attempt', () => {
  test.each<[string, number, unknown]>([
    ['500', 500, { __type: 'InternalFailure' }],
    ['503 without JSON', 503, '<html>Jan</html>'],
    ['429', 429, { __type: 'Whatever' }],
    ['throttling with 400', 400, { __type: 'com.amazonaws.sqs#RequestThrottled' }],
    ['a connection that breaks', 0, ''],
    ['an answer that can’t be read', 200, '{'],
  ])('follows on %s', async (_what, status, body) => {
    inTurn([status, body], [200, answered]);

    expect(await send()).toEqual(answered);
    expect(server.received).toHaveLength(2);
    expect(server.received[0]?.body).toBe(server.received[1]?.body);
  });

  test.each<[string, number, unknown, object]>([
    [
      'a service that stays down',
      500,
      { __type: 'InternalFailure' },
      { name: 'InternalFailure', status: 500 },
    ],
    ['a connection that breaks again', 0, '', { code: 'ECONNRESET' }],
  ])('is the last, on %s', async (_what, status, body, error) => {
    inTurn([status, body]);

    expect(await failureOf(send())).toMatchObject(error);
    expect(server.received).toHaveLength(2);
  });

  test.each([
    ['com.amazonaws.sqs#QueueDoesNotExist', 'QueueDoesNotExist'],
    ['AccessDeniedException', 'AccessDeniedException'],
  ])('does not follow on %s, which would be refused again', async (__type, name) => {
    inTurn([400, { __type, message: 'Jan Jansen’s return' }]);

    expect(await failureOf(send())).toMatchObject({ name, status: 400 });
    expect(server.received).toHaveLength(1);
  });

  test('waits for a random time, longer after throttling', async () => {
    const pauses: unknown[] = [];
    const sleep = jest.spyOn(globalThis, 'setTimeout');
    jest.spyOn(Math, 'random').mockReturnValue(0.01);
    for (const status of [500, 429]) {
      sleep.mockClear();
      server.received.length = 0;
      inTurn([status, {}], [200, answered]);
      await send();
      pauses.push(sleep.mock.calls.map(([, ms]) => ms).filter((ms) => ms !== undefined && ms < 1000));
    }

    expect(pauses).toEqual([[0.5], [10]]);
  });
});

test('no error quotes a message, a secret or an answer', async () => {
  const answers: [number, unknown][] = [
    [400, { __type: 'InvalidMessageContents', message: 'Jan Jansen' }],
    [200, 'Jan Jansen'],
    [500, 'Jan Jansen'],
    [0, ''],
  ];
  for (const [status, body] of answers) {
    inTurn([status, body]);
    const error = await failureOf(send());
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/Jan|a-secret-key/);
  }
});
