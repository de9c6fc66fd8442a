import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { type Stage, stackNameOf } from '../../settings/stage.ts';
import { noteFailedCalls } from '../aws/aws-error.ts';
import { callerIdentity } from '../aws/caller.ts';
import { clientSettings } from '../aws/client-settings.ts';
import { outputsOf } from '../aws/deployed-stage.ts';
import { type Finding, type Found, failure, findings, ok, warning } from './finding.ts';

/**
 * Checks what a stage needs of its account: credentials, region, mails and Lambda's quota. Without credentials nothing
 * else is looked at.
 */
export async function checkAccount(stage: Stage): Promise<Finding[]> {
  let account = '';
  const credentials = await findings('credentials', async () => {
    const { Account = '', Arn } = await callerIdentity(stage);
    account = Account;
    const { account: wanted = Account } = stage.settings;
    if (wanted === Account) return ok(`account ${Account}, as ${Arn}`);
    const whose = `stage ${stage.name} belongs to account ${wanted}, and these are of ${Account} (${Arn})`;
    return failure(`${whose}. Set AWS_PROFILE to the right ones.`);
  });
  if (credentials.some(({ level }) => level === 'failure')) return credentials;
  return [
    ...credentials,
    ...(await findings('region', () => checkRegion(stage, account))),
    ...(await findings('mail', () => checkMails(stage))),
    ...(await findings('concurrency', () => checkConcurrency(stage))),
  ];
}

/** Whether the CDK's own stack, which `cdk bootstrap` makes, is in the stage's region. */
async function checkRegion(stage: Stage, account: string): Promise<Found> {
  const { region } = stage.settings;
  if (await outputsOf(stage, 'CDKToolkit')) return ok(`${region}, as stage ${stage.name} of cdk.json says`);
  const command = `npx cdk bootstrap aws://${account}/${region}`;
  return failure(`the CDK is not set up in ${region}. Type ${command}, with the policy of docs/deploy.md.`);
}

/** Whether somebody gets the notices and the alarms. Only the topics of a deployed stage know who has confirmed. */
async function checkMails(stage: Stage): Promise<Found[]> {
  const { attentionEmail, alarmEmail = attentionEmail } = stage.settings;
  const { AttentionTopicArn, AlarmTopicArn } = (await outputsOf(stage, stackNameOf(stage.name))) ?? {};
  return [
    await checkMail(stage, ['notices of returns', 'attentionEmail', attentionEmail], AttentionTopicArn),
    await checkMail(stage, ['alarms', 'alarmEmail', alarmEmail], AlarmTopicArn),
  ];
}

/** @param mails what they are about, and their address in `cdk.json`. It may also have been given with the deploy alone. */
async function checkMail(
  stage: Stage,
  [mails, setting, address]: readonly [mails: string, setting: string, address: string | undefined],
  topic: string | undefined,
): Promise<Found> {
  const wanted = address === 'none' ? undefined : address;
  const subscribed = topic ? await subscriptionsOf(stage, topic) : [];
  const isConfirmed = ({ SubscriptionArn: arn = '' }) => arn.startsWith('arn:');
  const found = wanted
    ? subscribed.find(({ Endpoint }) => Endpoint === wanted)
    : (subscribed.find(isConfirmed) ?? subscribed[0]);
  const email = wanted ?? found?.Endpoint;
  if (!email) {
    return warning(
      `nobody gets the ${mails}. Set ${setting} of stage ${stage.name} in cdk.json, and deploy.`,
    );
  }
  if (found && isConfirmed(found)) return ok(`${email} gets the ${mails}`);
  if (!found && !topic)
    return ok(`AWS will ask ${email} to confirm the ${mails}. Click the link in that mail`);
  const again =
    `aws sns subscribe --region ${stage.settings.region} --topic-arn ${topic} --protocol email ` +
    `--notification-endpoint ${email}`;
  return warning(
    found
      ? `${email} has not confirmed the ${mails}, so nobody gets them. Click the link in the mail of AWS. ` +
          `To get that mail again, type ${again}`
      : `${email} does not get the ${mails}. A deploy subscribes a new address. For one that was removed, type ${again}`,
  );
}

async function subscriptionsOf(stage: Stage, topic: string) {
  const sns = noteFailedCalls(new SNSClient(clientSettings(stage)));
  const list = sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
  return (await list.finally(() => sns.destroy())).Subscriptions ?? [];
}

/** The executions that the ingest functions need beside the workers, for a burst of webhooks. */
const forWebhooks = 20;

/** Whether Lambda runs all workers at once and still takes webhooks. A new account has a limit of 10. */
async function checkConcurrency(stage: Stage): Promise<Found> {
  const lambda = noteFailedCalls(new LambdaClient(clientSettings(stage)));
  const settings = await lambda.send(new GetAccountSettingsCommand({})).finally(() => lambda.destroy());
  const limit = settings.AccountLimit?.UnreservedConcurrentExecutions ?? 0;
  // The workers of the senders, two of the quarantine, the reconciler and the watch.
  const workers = senders.length * stage.settings.workerConcurrency + 4;
  const line = `Lambda runs ${limit} functions at once in this account, and the workers of this stage take ${workers}`;
  if (limit >= workers + forWebhooks) return ok(line);
  const raise =
    'Ask AWS for 1000, which is free and may take days: aws service-quotas request-service-quota-increase ' +
    `--region ${stage.settings.region} --service-code lambda --quota-code L-B99A9384 --desired-value 1000`;
  if (limit > workers) return warning(`${line}. More webhooks at once get 5xx and come later. ${raise}`);
  return failure(
    `${line}: webhooks would get 5xx. Set a lower workerConcurrency until it has more. ${raise}`,
  );
}
