import { devNull } from 'node:os';
import { eventTypes } from '../../lib/facts/vendor-terms.ts';
import { webhookPath } from '../../lib/webhooks/igf/webhooks.ts';
import { type AwsAccount, startAwsAccount } from '../support/aws-account.ts';
import { igfKey, startTestIgf, type TestIgf } from '../support/igf.ts';
import { runOps } from '../support/ops.ts';

const apiUrl = 'https://abc.execute-api.eu-west-1.amazonaws.com';
const token = 'the-path-token-of-this-test';
const environment = { ...process.env };

let aws: AwsAccount;
let igf: TestIgf;

beforeAll(async () => {
  aws = await startAwsAccount();
  igf = await startTestIgf();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
  });
});
afterAll(async () => {
  process.env = environment;
  await Promise.all([aws.close(), igf.close()]);
});
beforeEach(async () => {
  await igf.forget();
  aws.refuse(undefined);
  aws.calls.length = 0;
  aws.stacks.clear();
  aws.stacks.set('returns-bridge-prod', outputs());
  aws.secrets.clear();
  aws.secrets.set('arn:key', igfKey).set('arn:token', token);
});

/** The outputs of a deployed stack. */
const outputs = (): Record<string, string> => ({
  TableName: 'a-table',
  IgfBaseUrl: igf.url,
  IgfKeySecret: 'arn:key',
  IgfPathTokenSecret: 'arn:token',
  ...Object.fromEntries(
    eventTypes.map((eventType, index) => [`Url${index}`, `${apiUrl}${webhookPath(eventType)}`]),
  ),
});

/** Runs a command, and checks that it shows no secret. */
async function ops(line: string) {
  const { code, text: output, complaints } = await runOps(...`${line} --stage prod`.split(' '));
  const errors = complaints.join('\n');
  for (const secret of [aws.secrets.get('arn:token') ?? token, igfKey, 'foreign-secret']) {
    expect(output + errors).not.toContain(secret);
  }
  return { code, output, errors };
}

const call = async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${igf.url}${path}?by=the-test`, {
    method,
    headers: { 'api-key': igfKey, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return answer.status === 204 ? undefined : answer.json();
};
const subscribed = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    ((await call('GET', '/webhooks')) as { eventType: string; url: string }[]).map(({ eventType, url }) => [
      eventType,
      url,
    ]),
  );
const takenBy = (eventType: string, url = 'https://other.example/hooks/foreign-secret') =>
  call('POST', '/webhooks', { eventType, url });
const onlyShippedIsStale = async () => {
  await ops('igf subscribe');
  await call('DELETE', '/webhooks/eventType/SHIPPED');
  await takenBy('SHIPPED', `${ours('older').SHIPPED}`);
};
const ours = (withToken = token): Record<string, string> =>
  Object.fromEntries(
    eventTypes.map((eventType) => [
      eventType,
      `${apiUrl}${webhookPath(eventType).replace('{token}', withToken)}`,
    ]),
  );
const changes = async () => (await igf.requests()).filter(({ method }) => method !== 'GET');

describe('igf subscribe', () => {
  test('registers the eight URLs and shows the subscriptions before and after', async () => {
    const { code, output } = await ops('igf subscribe');

    expect(code).toBe(0);
    expect(await subscribed()).toEqual(ours());
    const lines = output.split('\n');
    expect(lines).toHaveLength(18);
    expect(lines[1]).toMatch(/^ {2}ADD_LISTING +- +not subscribed$/);
    expect(lines[10]).toMatch(
      /^ {2}ADD_LISTING +abc\.execute-api\.eu-west-1\.amazonaws\.com\/igf\/v1\/add-listing\/\{token\} +subscribed$/,
    );
  });

  test('changes nothing the second time', async () => {
    await ops('igf subscribe');
    const before = (await changes()).length;
    expect((await ops('igf subscribe')).code).toBe(0);
    expect(await changes()).toHaveLength(before);
  });

  test('replaces its own URLs with an older token', async () => {
    await ops('igf subscribe');
    aws.secrets.set('arn:token', 'a-newer-token');
    const { code, output } = await ops('igf subscribe');

    expect(code).toBe(0);
    expect(output).toMatch(/SHIPPED +\S+\/igf\/v1\/shipped\/\{token\} +ours, out of date/);
    expect(await subscribed()).toEqual(ours('a-newer-token'));
  });

  test('names a URL of another host, and replaces it only with --take-over', async () => {
    await takenBy('SHIPPED');
    const { code, output } = await ops('igf subscribe');

    expect(code).toBe(1);
    expect(output).toMatch(/SHIPPED +other\.example\/… +taken by other\.example/);
    expect(output).toMatch(/^IGF posts SHIPPED to other\.example\. --take-over/m);
    expect((await subscribed()).SHIPPED).toContain('other.example');
    expect((await subscribed()).REFUND).toBe(ours().REFUND);

    expect((await ops('igf subscribe --take-over')).code).toBe(0);
    expect(await subscribed()).toEqual(ours());
  });

  test('prints its plan in a dry run, and changes nothing', async () => {
    aws.secrets.set('arn:token', undefined);
    await takenBy('SHIPPED');
    await takenBy('REFUND', `${ours('older').REFUND}`);
    const { code, output } = await ops('igf subscribe --dry-run --take-over');

    expect(code).toBe(0);
    expect(output).toMatch(/^The path token had no value: a random one would be stored/m);
    expect(output).toMatch(/^Would replace the URL of SHIPPED, taking it from other\.example\.$/m);
    expect(output).toMatch(/^Would replace the URL of REFUND\.$/m);
    expect(output).toMatch(/^Would subscribe LABELED\.$/m);
    expect(await changes()).toEqual([]);
    expect(aws.calls).not.toContain('secretsmanager.PutSecretValue');
    expect((await ops('igf subscribe --dry-run')).code).toBe(1);
  });

  test('stores a strong random token when there is none, and does not print it', async () => {
    aws.secrets.set('arn:token', undefined);
    const { code, output } = await ops('igf subscribe');

    expect(code).toBe(0);
    expect(output).toMatch(/^The path token had no value: a random one was stored in its secret\.$/m);
    const put = aws.secrets.get('arn:token') ?? '';
    expect(put).toMatch(/^[\w-]{43}$/);
    expect(await subscribed()).toEqual(ours(put));
  });

  test('stores no token while IGF can not be reached', async () => {
    aws.secrets.set('arn:token', undefined);
    await igf.fault({ operation: 'GET /webhooks', status: 503 });
    const { code, errors } = await ops('igf subscribe');

    expect(code).toBe(1);
    expect(errors).toMatch(/^IGF has a problem \(.*503.*\)\. Try again later\.$/);
    expect(aws.secrets.get('arn:token')).toBeUndefined();
  });

  test('names an event type that could not be replaced, and puts its earlier URL back', async () => {
    await onlyShippedIsStale();
    await igf.fault({ operation: 'POST /webhooks', status: 500 });
    const { code, output } = await ops('igf subscribe');

    expect(code).toBe(1);
    expect(output).toMatch(/^SHIPPED could not be subscribed; the earlier URL was put back\. IGF has a pr/m);
    expect(await subscribed()).toEqual({ ...ours(), SHIPPED: ours('older').SHIPPED });
    expect((await ops('igf subscribe')).code).toBe(0);
  });

  test('warns loudly when nobody gets the events of a type', async () => {
    await onlyShippedIsStale();
    await igf.fault({ operation: 'POST /webhooks', status: 500, times: 2 });
    const { code, output } = await ops('igf subscribe');

    expect(code).toBe(1);
    expect(output).toMatch(/^SHIPPED could not be subscribed, AND NOBODY GETS ITS EVENTS NOW/m);
    expect(output).toMatch(/^After[\s\S]*SHIPPED +- +not subscribed/m);
  });
});

describe('igf status', () => {
  test('shows the subscriptions, and changes nothing', async () => {
    const none = await ops('igf status');
    expect([none.code, none.output.match(/not subscribed/g)]).toEqual([1, Array(8).fill('not subscribed')]);
    await ops('igf subscribe');
    const before = (await changes()).length;
    const { code, output } = await ops('igf status');

    expect(code).toBe(0);
    expect(output).toMatch(/^returns-bridge-prod, mode live, at /);
    expect(await changes()).toHaveLength(before);
  });

  test('reports a missing token', async () => {
    await ops('igf subscribe');
    aws.secrets.set('arn:token', undefined);
    const { code, output } = await ops('igf status');

    expect(code).toBe(1);
    expect(output).toMatch(
      /^The path token has no value yet\. This stores one: npx bridge igf subscribe --stage prod$/m,
    );
    expect(output).not.toContain(token);
  });
});

describe('igf unsubscribe', () => {
  test('removes the URLs of its own host, whatever their token, and no other', async () => {
    await takenBy('SHIPPED');
    await ops('igf subscribe');
    aws.secrets.set('arn:token', 'a-newer-token');

    const trial = await ops('igf unsubscribe --dry-run');
    expect(trial.output).toMatch(/^Would remove ADD_LISTING, .*COMPLETED, REFUND\.$/m);
    expect(Object.keys(await subscribed())).toHaveLength(8);

    const { code, output } = await ops('igf unsubscribe');
    expect(code).toBe(0);
    expect(output).toMatch(/^After[\s\S]*REFUND +- +not subscribed/m);
    expect(Object.keys(await subscribed())).toEqual(['SHIPPED']);
  });
});

describe.each(['igf subscribe', 'igf status', 'igf unsubscribe'])(
  '%s prints one line that says what to do',
  (line) => {
    const complaint = async () => {
      const { code, errors, output } = await ops(line);
      expect({ code, output, lines: errors.split('\n').length }).toEqual({ code: 1, output: '', lines: 1 });
      return errors;
    };

    test('without such a stack', async () => {
      aws.stacks.clear();
      expect(await complaint()).toBe(
        'There is no stack returns-bridge-prod in eu-west-1 of this account: deploy it ' +
          '(npm run deploy -- --stage prod), or set AWS_PROFILE to its account.',
      );
    });

    test('with a stack of an older version', async () => {
      aws.stacks.set('returns-bridge-prod', {
        ...{ TableName: 't', IgfKeySecret: 'arn:key', IgfPathTokenSecret: 'arn:token' },
      });
      expect(await complaint()).toMatch(
        /has no output with the URL of \/igf\/v1\/add-listing\/\{token\}: deploy/,
      );
      aws.stacks.set('returns-bridge-prod', { TableName: 't' });
      expect(await complaint()).toMatch(/has no output IgfKeySecret: deploy/);
    });

    test('without the IGF api-key, or with a wrong one', async () => {
      aws.secrets.set('arn:key', undefined);
      expect(await complaint()).toMatch(/no value yet: npx bridge doctor --set-secret igf-key --stage prod$/);
      aws.secrets.set('arn:key', 'not-the-key');
      expect(await complaint()).toBe(
        'IGF did not accept the api-key (401): store the right one in its secret.',
      );
    });

    test('without permission or credentials', async () => {
      aws.refuse('AccessDenied');
      expect(await complaint()).toBe(
        'AWS refused cloudformation:DescribeStacks (AccessDenied): use credentials with this permission.',
      );
      aws.refuse(undefined);
      const { AWS_ACCESS_KEY_ID } = process.env;
      delete process.env.AWS_ACCESS_KEY_ID;
      expect(await complaint()).toMatch(/^There are no usable AWS credentials .*AWS_PROFILE/);
      process.env.AWS_ACCESS_KEY_ID = AWS_ACCESS_KEY_ID;
    });

    test('while IGF can not be reached', async () => {
      aws.stacks.set('returns-bridge-prod', { ...outputs(), IgfBaseUrl: 'http://127.0.0.1:9/api/v1' });
      expect(await complaint()).toMatch(/^IGF can't be reached at http:\/\/127\.0\.0\.1:9\/api\/v1 /);
    });

    test('for an unknown stage', async () => {
      const { code, complaints } = await runOps(...line.split(' '), '--stage', 'nope');
      expect([code, complaints]).toEqual([2, ['There is no stage "nope": cdk.json has local, test, prod.']]);
    });
  },
);

describe('igf retailer', () => {
  test('shows the rules of the retailer and its lists, and no banned email', async () => {
    await call('PUT', '/retailer', {
      countries: ['NL', 'BE'],
      blacklist: ['sku-1'],
      bannedEmails: ['banned@example.com'],
    });
    const { code, output } = await ops('igf retailer');
    expect(code).toBe(0);
    expect(output).toMatch(/countries +NL, BE/);
    expect(output).toMatch(/banned emails +1 /);
    expect(output).toMatch(/blacklist +sku-1/);
    expect(output).not.toContain('banned@example.com');
  });

  test('shows the six pages that IGF’s mails link to, and which are not set', async () => {
    await call('PUT', '/retailer', {
      packageReceivedLink: 'https://shop.example/feedback',
      returnCancelledLink: 'https://shop.example/label',
      matchMadeLink: '',
    });
    const { output } = await ops('igf retailer');
    const lines = output.split('\n').slice(-7);
    expect(lines).toEqual([
      "  IGF's mails to customers link to these pages",
      '    package received        https://shop.example/feedback',
      '    return cancelled        https://shop.example/label',
      expect.stringMatching(/^ {4}return deadline passed {2}/),
      '    match made              none',
      expect.stringMatching(/^ {4}match deadline passed {3}/),
      expect.stringMatching(/^ {4}forward registered {6}/),
    ]);
  });
});

test.each(['igf subscribe', 'igf status', 'igf unsubscribe'])(
  '%s looks in the region of the stage, whatever the shell has',
  async (line) => {
    aws.regions.clear();
    await ops(line);
    expect([...aws.regions]).toEqual(['eu-west-1']);
  },
);
