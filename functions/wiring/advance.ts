import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { AdvanceDependencies, TimeLeft } from '../../lib/actions/action.ts';
import type { AdvanceEnvironment } from '../../lib/config/environment.ts';
import { Policy } from '../../lib/config/policy.ts';
import { igfTimeoutSeconds } from '../../lib/config/timing.ts';
import { igfCircuit } from '../../lib/igf/circuit-breaker.ts';
import type { IgfClientOptions } from '../../lib/igf/client.ts';
import { readPathCorrections } from '../../lib/igf/endpoint.ts';
import { rateLimiter } from '../../lib/igf/rate-limiter.ts';
import { workerIgf } from '../../lib/igf/worker-igf.ts';
import { AwsJsonClient } from '../../lib/runtime/aws-json.ts';
import { logAlarm, logInfo, logWarning } from '../../lib/runtime/log.ts';
import { cachedSecret, readCurrent, whyUnreadable } from '../../lib/runtime/secret.ts';
import { isoTime } from '../../lib/runtime/time.ts';
import { cachedFirstDelivery, cachedRules } from '../../lib/table/bridge-state.ts';
import { bridgeTable } from '../../lib/table/bridge-table.ts';
import { documentClient, publisher } from './aws.ts';

/** Creates the dependencies of every function that advances orders, once at cold start. */
export function advanceWiring(environment: AdvanceEnvironment) {
  const now = () => Date.now();
  const dynamodb = documentClient();
  const secrets = new AwsJsonClient('secretsmanager');
  const getValue = (input: object) => secrets.call('GetSecretValue', input);
  const igfKey = cachedSecret(readCurrent(getValue, environment.IGF_KEY_SECRET_ID), now);
  const circuit = igfCircuit({
    now,
    onChange: ({ state, reason }) =>
      state === 'open' ? logWarning({ step: 'igf-down', reason }) : logInfo({ step: 'igf-up' }),
  });
  // An execution environment runs one invocation at a time.
  let timeLeft: TimeLeft = () => Number.POSITIVE_INFINITY;
  const transport: IgfClientOptions = {
    baseUrl: environment.IGF_BASE_URL,
    corrections: readPathCorrections(environment.IGF_PATHS),
    apiKey: async () => {
      const [key] = await igfKey.values().catch((cause: unknown) => {
        logAlarm('secret-unreadable', { reason: `the IGF api-key can't be read (${whyUnreadable(cause)})` });
        throw cause;
      });
      if (key) return key;
      logAlarm('secret-unreadable', { reason: 'the secret of the IGF api-key has no value' });
      throw new Error('The IGF api-key has no value yet: store it in its secret.');
    },
    timeoutMs: igfTimeoutSeconds * 1000,
    circuit,
    rateLimiter: rateLimiter(environment.IGF_CALLS_PER_SECOND),
    timeLeft: () => timeLeft(),
    onPathInDoubt: ({ message }) => logAlarm('path-in-doubt', { reason: message }),
    onCall: ({ operation, status, ms }) => {
      logInfo({ step: 'called', operation, status, ms });
      if (status === 401 || status === 403) logAlarm('igf-key-refused', { operation, status });
    },
    now,
  };
  const policy = z.parse(Policy, JSON.parse(environment.POLICY));
  const table = bridgeTable(dynamodb, environment.TABLE_NAME, { now, ...policy });
  const dependencies: AdvanceDependencies = {
    table,
    igf: workerIgf(transport),
    circuit,
    retailer: cachedRules(table, now),
    firstDelivery: cachedFirstDelivery(table, () => isoTime(now())),
    policy,
    claimLeaseMs: environment.CLAIM_LEASE_SECONDS * 1000,
    now,
    newToken: () => randomUUID(),
    notify: publisher(environment.ATTENTION_TOPIC_ARN),
    deployment: {
      stage: environment.STAGE,
      // Lambda sets it.
      region: process.env.AWS_REGION ?? '',
      table: environment.TABLE_NAME,
    },
  };
  return {
    dynamodb,
    dependencies,
    /** The connection to IGF, for calls that a function makes beside advancing. */
    transport,
    /** Call this at the start of each invocation: a call that waits for the rate limiter must not outlast it. */
    onInvocationStart: (left: TimeLeft): void => {
      timeLeft = left;
    },
  };
}
