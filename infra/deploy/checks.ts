import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { senders } from '../../lib/webhooks/catalogue.ts';
import { awsFailure, noteFailedCalls } from '../ops/aws/aws-error.ts';
import { callerIdentity } from '../ops/aws/caller.ts';
import { clientSettings } from '../ops/aws/client-settings.ts';
import { outputsOf } from '../ops/aws/deployed-stage.ts';
import { type Stage, stackNameOf } from '../settings/stage.ts';

/** What a check found, and what to do about it. A `failure` prevents the deploy. */
export type Finding = readonly [level: 'ok' | 'warning' | 'failure', line: string];

/** Checks what a deploy of the stage needs: credentials, region, mails and Lambda's quota. */
export async function checkAccount(stage: Stage): Promise<Finding[]> {
  let account = '';
  const credentials = await finding('credentials', async () => {
    const { Account = '', Arn } = await callerIdentity(stage);
    account = Account;
    const { account: wanted = Account } = stage.settings;
    if (wanted === Account) return ['ok', `account ${Account}, as ${Arn}`];
    const whose = `stage ${stage.name} belongs to account ${wanted}, and these are of ${Account} (${Arn})`;
    return ['failure', `${whose}. Set AWS_PROFILE to the right ones.`];
  });
  if (credentials[0] === 'failure') return [credentials];
  return [
    credentials,
    await finding('region', () => checkRegion(stage, account)),
    ...(await checkMails(stage)),
    await finding('concurrency', () => checkConcurrency(stage)),
  ];
}

/** Whether the CDK's own stack, which `cdk bootstrap` makes, is in the stage's region. */
async function checkRegion(stage: Stage, account: string): Promise<Finding> {
  const { region } = stage.settings;
  if (await outputsOf(stage, 'CDKToolkit'))
    return ['ok', `${region}, as stage ${stage.name} of cdk.json says`];
  const command = `npx cdk bootstrap aws://${account}/${region}`;
  return [
    'failure',
    `the CDK is not set up in ${region}. Type ${command}, with the policy of docs/deploy.md.`,
  ];
}

/** Whether somebody gets the notices and the alarms. Only the topics of a deployed stage know who has confirmed. */
async function checkMails(stage: Stage): Promise<Finding[]> {
  const { attentionEmail, alarmEmail = attentionEmail } = stage.settings;
  const outputs = await outputsOf(stage, stackNameOf(stage.name)).catch(() => undefined);
  const check = (mails: string, setting: string, email: string | undefined, topic: string | undefined) =>
    finding('mail', async () => {
      if (!email || email === 'none') {
        return ['warning', `nobody gets the ${mails}. Set ${setting} of stage ${stage.name} in cdk.json.`];
      }
      const subscription = topic && (await subscriptionOf(stage, topic, email));
      if (!subscription)
        return ['ok', `AWS will ask ${email} to confirm the ${mails}. Click the link in that mail`];
      if (subscription.startsWith('arn:')) return ['ok', `${email} gets the ${mails}`];
      const again = `aws sns subscribe --region ${stage.settings.region} --topic-arn ${topic} --protocol email`;
      return [
        'warning',
        `${email} has not confirmed the ${mails}, so nobody gets them. Click the link in the mail of AWS. ` +
          `To get that mail again, type ${again} --notification-endpoint ${email}`,
      ];
    });
  return [
    await check('notices of returns', 'attentionEmail', attentionEmail, outputs?.AttentionTopicArn),
    await check('alarms', 'alarmEmail', alarmEmail, outputs?.AlarmTopicArn),
  ];
}

/** An ARN, `PendingConfirmation`, or undefined when the topic does not know the address. */
async function subscriptionOf(stage: Stage, topic: string, email: string): Promise<string | undefined> {
  const sns = noteFailedCalls(new SNSClient(clientSettings(stage)));
  const list = sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
  const { Subscriptions = [] } = await list.finally(() => sns.destroy());
  return Subscriptions.find(({ Endpoint }) => Endpoint === email)?.SubscriptionArn;
}

/** The executions that the ingest functions need beside the workers, for a burst of webhooks. */
const forWebhooks = 20;

/** Whether Lambda runs all workers at once and still takes webhooks. A new account has a limit of 10. */
async function checkConcurrency(stage: Stage): Promise<Finding> {
  const lambda = noteFailedCalls(new LambdaClient(clientSettings(stage)));
  const settings = await lambda.send(new GetAccountSettingsCommand({})).finally(() => lambda.destroy());
  const limit = settings.AccountLimit?.UnreservedConcurrentExecutions ?? 0;
  // The workers of the senders, two of the quarantine, the reconciler and the watch.
  const workers = senders.length * stage.settings.workerConcurrency + 4;
  const line = `Lambda runs ${limit} functions at once in this account, and the workers of this stage take ${workers}`;
  if (limit >= workers + forWebhooks) return ['ok', line];
  const raise =
    'Ask AWS for 1000, which is free and may take days: aws service-quotas request-service-quota-increase ' +
    `--region ${stage.settings.region} --service-code lambda --quota-code L-B99A9384 --desired-value 1000`;
  if (limit > workers) return ['warning', `${line}. More webhooks at once get 5xx and come later. ${raise}`];
  return [
    'failure',
    `${line}: webhooks would get 5xx. Set a lower workerConcurrency until it has more. ${raise}`,
  ];
}

/** A check's finding, or the call to AWS that failed. */
async function finding(what: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    const [level, line] = await check();
    return [level, `${what}: ${line}`];
  } catch (error) {
    const failed = awsFailure(error);
    if (!failed) throw error;
    return ['failure', `${what}: ${failed.message}`];
  }
}
