import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { SecretName, SecretValues } from '../../infra/local/secrets-manager.ts';
import { visibilityTimeoutSeconds } from '../../lib/config/timing.ts';
import { secretMaxAgeMs, secretMinAgeMs } from '../../lib/runtime/secret.ts';
import { igfKey } from '../support/igf.ts';
import { rma, shipment } from '../support/webhooks.ts';
import { senderKey } from '../support/world.ts';
import { CrashWorld } from '../system/crash/crash-world.ts';
import type { IngestHandler } from '../system/crash/environments.ts';

let crash: CrashWorld;
beforeAll(async () => {
  crash = await CrashWorld.start();
});
afterAll(() => crash?.close());

/** The times in `docs/operations.md` are these. */
const soonSeconds = secretMinAgeMs / 1000;
const atLastSeconds = secretMaxAgeMs / 1000;

interface SenderAuthentication {
  readonly webhook: string;
  readonly secret: SecretName;
  readonly body: unknown;
  /** A request with this secret. */
  readonly showing: (key: string) => object;
}

const doors: readonly SenderAuthentication[] = [
  {
    webhook: rma().webhook,
    secret: 'winkelstraat',
    body: rma().payload,
    showing: (key) => ({ headers: { 'x-api-key': key, 'x-version': '1.0' } }),
  },
  {
    webhook: 'v1/shipped',
    secret: 'igf-token',
    body: { id: 9 },
    showing: (token) => ({ headers: {}, pathParameters: { token } }),
  },
];

describe.each(doors)(
  'the secret of $webhook, in the deployed function',
  ({ webhook, secret, body, showing }) => {
    let handler: Promise<IngestHandler> | undefined;
    const put = (values: SecretValues) => crash.stack.secrets.set(secret, values);
    const statusFor = async (key: string): Promise<number> => {
      const event = { body: JSON.stringify(body), isBase64Encoded: false, ...showing(key) };
      // Its init begins with the first delivery.
      handler ??= crash.environments.ingest(webhook);
      return (await (await handler)(event as unknown as APIGatewayProxyEventV2, {} as Context)).statusCode;
    };

    beforeEach(() => {
      put({ current: 'old' });
      handler = undefined;
    });
    afterEach(async () => {
      crash.stack.secrets.fail(undefined);
      put({ current: senderKey });
      await crash.queues.queued(secret === 'winkelstraat' ? 'winkelstraat' : 'igf');
    });

    test(`is accepted as old and as new while it is changed, from ${soonSeconds} s on`, async () => {
      expect(await statusFor('old')).toBe(202);
      put({ current: 'new', previous: 'old' });
      expect(await statusFor('old')).toBe(202);
      crash.later(soonSeconds);
      expect([await statusFor('new'), await statusFor('old'), await statusFor('other')]).toEqual([
        202, 202, 401,
      ]);
    });

    test(`is not accepted as old any more ${atLastSeconds} s after it was retired, without a redeploy`, async () => {
      expect(await statusFor('old')).toBe(202);
      put({ current: 'new' });
      crash.later(atLastSeconds);
      expect([await statusFor('old'), await statusFor('new')]).toEqual([401, 202]);
    });

    test(`answers 503 while it has no value, and recovers within ${soonSeconds} s of the first`, async () => {
      put({});
      expect(await statusFor('old')).toBe(503);
      put({ current: 'new' });
      crash.later(soonSeconds);
      expect(await statusFor('new')).toBe(202);
    });

    test('is accepted where the console stored it as a key/value pair', async () => {
      put({ current: '{"key":"old"}' });
      expect([await statusFor('old'), await statusFor('{"key":"old"}')]).toEqual([202, 401]);
    });

    test('answers 503 while it can not be read, and recovers at the next delivery', async () => {
      expect(await statusFor('old')).toBe(202);
      crash.stack.secrets.fail(500);
      crash.later(atLastSeconds);
      expect(await statusFor('old')).toBe(503);
      crash.stack.secrets.fail(undefined);
      expect(await statusFor('old')).toBe(202);
    });
  },
);

describe('IGF’s api-key, in the deployed worker', () => {
  const secrets = () => crash.stack.secrets;
  beforeEach(() => crash.forget());
  afterEach(() => {
    secrets().fail(undefined);
    secrets().set('igf', { current: igfKey });
  });

  /**
   * Processes a return that can be listed.
   * @param meanwhile runs before its second attempt
   */
  async function list(meanwhile: () => void): Promise<{ statuses: unknown[]; left: object }> {
    await crash.takes('winkelstraat', {}, shipment());
    const living = crash.environments.worker('winkelstraat', {});
    let attempts = 0;
    await crash.deliver('winkelstraat', rma());
    await crash.workOff('winkelstraat', () => {
      attempts += 1;
      if (attempts === 2) meanwhile();
      return living;
    });
    const statuses = (await crash.world.igf.requests()).map(({ status }) => status);
    return { statuses, left: await crash.queues.left() };
  }

  test(`is used with its new value at the latest ${atLastSeconds} s after a change; until then calls are retried`, async () => {
    secrets().set('igf', { current: 'retired at IGF' });
    const { statuses, left } = await list(() =>
      secrets().set('igf', { current: igfKey, previous: 'retired at IGF' }),
    );
    const turnedAway = statuses.slice(0, -1);
    expect([...new Set(turnedAway), statuses.at(-1)]).toEqual([401, 201]);
    // Attempts are a visibility timeout apart here.
    expect(turnedAway.length * visibilityTimeoutSeconds).toBeLessThan(
      atLastSeconds + visibilityTimeoutSeconds,
    );
    expect(left).toEqual({});
  });

  test.each([
    ['has no value', () => secrets().set('igf', {}), () => secrets().set('igf', { current: igfKey })],
    ['can not be read', () => secrets().fail(500), () => secrets().fail(undefined)],
  ])('calls nothing while it %s, and the next attempt works once it can', async (_what, breakIt, mend) => {
    breakIt();
    expect(await list(mend)).toEqual({ statuses: [201], left: {} });
  });
});
