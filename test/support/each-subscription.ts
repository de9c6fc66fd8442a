import { eventTypes } from '../../lib/facts/vendor-terms.ts';
import { webhookPath } from '../../lib/webhooks/igf/webhooks.ts';
import { type AwsAccount, inAwsAccount } from './aws-account.ts';
import { igfKey, startTestIgf, type TestIgf } from './igf.ts';
import { runOps } from './ops.ts';

export const token = 'the-path-token-of-this-test';
const apiUrl = 'https://abc.execute-api.eu-west-1.amazonaws.com';

/** What each event type's webhook is subscribed to, if the path has this token. */
const ours = (withToken = token): Record<string, string> =>
  Object.fromEntries(
    eventTypes.map((eventType) => [
      eventType,
      `${apiUrl}${webhookPath(eventType).replace('{token}', withToken)}`,
    ]),
  );

/** Starts an IGF and an account with the stack of `prod` for the tests of a file. No test begins with a subscription. */
export function eachSubscription() {
  const at = {} as { aws: AwsAccount; igf: TestIgf };

  /** The outputs of a deployed stack. */
  const outputs = (): Record<string, string> => ({
    TableName: 'a-table',
    IgfBaseUrl: at.igf.url,
    IgfKeySecret: 'arn:key',
    IgfPathTokenSecret: 'arn:token',
    ...Object.fromEntries(
      eventTypes.map((eventType, index) => [`Url${index}`, `${apiUrl}${webhookPath(eventType)}`]),
    ),
  });

  inAwsAccount(async (aws) => {
    Object.assign(at, { aws, igf: await startTestIgf() });
    process.env.AWS_REGION = 'us-east-1';
  });
  afterAll(() => at.igf?.close());
  beforeEach(async () => {
    const { aws, igf } = at;
    await igf.forget();
    aws.refuse(undefined);
    aws.calls.length = 0;
    aws.stacks.clear();
    aws.stacks.set('returns-bridge-prod', outputs());
    aws.secrets.clear();
    aws.secrets.set('arn:key', igfKey).set('arn:token', token);
  });

  /** Runs a command, and checks that it shows no secret. */
  async function ops(line: string) {
    const { code, text: output, complaints } = await runOps(...`${line} --stage prod`.split(' '));
    const errors = complaints.join('\n');
    for (const secret of [at.aws.secrets.get('arn:token') ?? token, igfKey, 'foreign-secret']) {
      expect(output + errors).not.toContain(secret);
    }
    return { code, output, errors };
  }

  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${at.igf.url}${path}?by=the-test`, {
      method,
      headers: { 'api-key': igfKey, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return answer.status === 204 ? undefined : answer.json();
  };
  const takenBy = (eventType: string, url = 'https://other.example/hooks/foreign-secret') =>
    call('POST', '/webhooks', { eventType, url });

  return {
    ...{ at, ops, call, takenBy, ours, outputs },
    /** The URL of each event type that IGF posts. */
    subscribed: async (): Promise<Record<string, string>> =>
      Object.fromEntries(
        ((await call('GET', '/webhooks')) as { eventType: string; url: string }[]).map(
          ({ eventType, url }) => [eventType, url],
        ),
      ),
    onlyShippedIsStale: async () => {
      await ops('igf subscribe');
      await call('DELETE', '/webhooks/eventType/SHIPPED');
      await takenBy('SHIPPED', `${ours('older').SHIPPED}`);
    },
    changes: async () => (await at.igf.requests()).filter(({ method }) => method !== 'GET'),
  };
}
