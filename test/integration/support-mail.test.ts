import { winkelstraatWebhooks } from '../../lib/webhooks/catalogue.ts';
import { type AwsAccount, inAwsAccount } from '../support/aws-account.ts';
import { runOps } from '../support/ops.ts';

let aws: AwsAccount;

inAwsAccount((account) => {
  aws = account;
  const outputs = winkelstraatWebhooks.map(({ path }, index) => [
    `Url${index}`,
    `https://hooks.example.com${path}`,
  ]);
  aws.stacks.set('returns-bridge-prod', {
    TableName: 't',
    ...Object.fromEntries(outputs),
  });
});

const urlsIn = (text: string): string[] =>
  [...text.matchAll(/https:\/\/hooks\.example\.com\/winkelstraat\/(\S+)/g)].map(([, name = '']) => name);

test.each([
  ['push-api', ['order-item', 'rma', 'rma-item', 'shipment', 'track'].map((event) => `push-api/v2/${event}`)],
  [
    'stock-hub',
    ['creditmemo', 'invoice', 'order', 'rma', 'shipment'].map((event) => `stock-hub/v1/${event}`),
  ],
])('the mail about %s has the URLs of its newest webhooks, in both languages', async (family, names) => {
  for (const [language, greeting] of [
    ['nl', 'Beste partnersupport,'],
    ['en', 'Dear partner support,'],
  ]) {
    const { code, text } = await runOps(
      'support-mail',
      family,
      '--language',
      language ?? '',
      '--stage',
      'prod',
    );

    expect(code).toBe(0);
    expect(text).toContain(greeting);
    expect(urlsIn(text).sort()).toEqual(names);
    expect(text).not.toMatch(/[{}]/);
  }
});

test('the mail is Dutch, unless another language is asked for', async () => {
  expect((await runOps('support-mail', 'push-api', '--stage', 'prod')).text).toContain('Alvast bedankt');
});

test('a family that Winkelstraat does not have is answered with those that it has', async () => {
  const { code, complaints } = await runOps('support-mail', 'push', '--stage', 'prod');

  expect([code, complaints]).toEqual([2, [expect.stringMatching(/stock-hub, push-api/)]]);
});
