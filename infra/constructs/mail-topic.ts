import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * A topic whose messages reach people by mail: notices of single returns, or alarms.
 *
 * It has no KMS key: alarms cannot publish with the free one, as `alias/aws/sns` admits no other service, and one of
 * our own costs money every month. SNS keeps a message until it is delivered, mostly as plain mail, and TLS protects it
 * before. A notice contains no personal data except an order number.
 */
export class MailTopic extends Construct {
  readonly arn: string;
  private readonly topic: Topic;

  /**
   * @param email AWS asks it to confirm a subscription; `none` for no mails. Other people can subscribe themselves
   * @param about what its mails are about: their sender's name after the stage's
   */
  constructor(scope: Construct, id: string, email: string | undefined, about: string) {
    super(scope, id);
    const displayName = `${Stack.of(this).stackName} ${about}`;
    this.topic = new Topic(this, 'Default', { enforceSSL: true, displayName });
    this.arn = this.topic.topicArn;
    Validations.of(this).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason: 'A mail that gets lost is nothing lost: `npx bridge attention` and the console list the same.',
    });
    if (email && email !== 'none') this.topic.addSubscription(new EmailSubscription(email));
  }

  grantPublish(publisher: IGrantable): { ATTENTION_TOPIC_ARN: string } {
    this.topic.grantPublish(publisher);
    return { ATTENTION_TOPIC_ARN: this.arn };
  }

  /** Lets the alarms of this account publish. @returns the action of an alarm that publishes here */
  alarmAction(): IAlarmAction {
    // `enforceSSL` gives the topic a policy of its own. That policy replaces SNS's default one, which admits alarms of
    // this account, so they need this statement.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.arn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    return new SnsAction(this.topic);
  }
}
