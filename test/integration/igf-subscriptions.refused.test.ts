import { eachSubscription } from '../support/each-subscription.ts';
import { runOps } from '../support/ops.ts';

const { at, ops, outputs } = eachSubscription();

describe.each(['igf subscribe', 'igf status', 'igf unsubscribe'])(
  '%s prints one line that says what to do',
  (line) => {
    const complaint = async () => {
      const { code, errors, output } = await ops(line);
      expect({ code, output, lines: errors.split('\n').length }).toEqual({ code: 1, output: '', lines: 1 });
      return errors;
    };

    test('without such a stack', async () => {
      at.aws.stacks.clear();
      expect(await complaint()).toBe(
        'There is no stack returns-bridge-prod in eu-west-1 of this account: deploy it ' +
          '(npm run deploy -- --stage prod), or set AWS_PROFILE to its account.',
      );
    });

    test('with a stack of an older version', async () => {
      at.aws.stacks.set('returns-bridge-prod', {
        ...{ TableName: 't', IgfKeySecret: 'arn:key', IgfPathTokenSecret: 'arn:token' },
      });
      expect(await complaint()).toMatch(
        /has no output with the URL of \/igf\/v1\/add-listing\/\{token\}: deploy/,
      );
      at.aws.stacks.set('returns-bridge-prod', { TableName: 't' });
      expect(await complaint()).toMatch(/has no output IgfKeySecret: deploy/);
    });

    test('without the IGF api-key, or with a wrong one', async () => {
      at.aws.secrets.set('arn:key', undefined);
      expect(await complaint()).toMatch(/no value yet: npx bridge doctor --set-secret igf-key --stage prod$/);
      at.aws.secrets.set('arn:key', 'not-the-key');
      expect(await complaint()).toBe(
        'IGF did not accept the api-key (401): store the right one in its secret.',
      );
    });

    test('without permission or credentials', async () => {
      at.aws.refuse('AccessDenied');
      expect(await complaint()).toBe(
        'AWS refused cloudformation:DescribeStacks (AccessDenied): use credentials with this permission.',
      );
      at.aws.refuse(undefined);
      const { AWS_ACCESS_KEY_ID } = process.env;
      delete process.env.AWS_ACCESS_KEY_ID;
      expect(await complaint()).toMatch(/^There are no usable AWS credentials .*AWS_PROFILE/);
      process.env.AWS_ACCESS_KEY_ID = AWS_ACCESS_KEY_ID;
    });

    test('while IGF can not be reached', async () => {
      at.aws.stacks.set('returns-bridge-prod', { ...outputs(), IgfBaseUrl: 'http://127.0.0.1:9/api/v1' });
      expect(await complaint()).toMatch(/^IGF can't be reached at http:\/\/127\.0\.0\.1:9\/api\/v1 /);
    });

    test('for an unknown stage', async () => {
      const { code, complaints } = await runOps(...line.split(' '), '--stage', 'nope');
      expect([code, complaints]).toEqual([2, ['There is no stage "nope": cdk.json has local, test, prod.']]);
    });
  },
);
