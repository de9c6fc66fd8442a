import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * Where people hear what needs them: notices of single returns, and the alarms.
 *
 * It has no key: alarms can not publish to a topic with the free one (`alias/aws/sns` lets no other service in), and one
 * of our own is paid for every month. SNS keeps a message only until it is delivered, most are delivered as plain mail,
 * and a notice says nothing of a person but an order's number. On its way to the topic everything is encrypted.
 */
export class AttentionTopic extends Construct {
  readonly arn: string;
  private readonly topic: Topic;

  /** @param email who is asked by mail to confirm a subscription; others can subscribe to the topic by themselves */
  constructor(scope: Construct, id: string, email: string | undefined) {
    super(scope, id);
    this.topic = new Topic(this, 'Default', { enforceSSL: true });
    this.arn = this.topic.topicArn;
    if (email) this.topic.addSubscription(new EmailSubscription(email));

    // A topic with a policy of its own lets in nobody else: neither alarms by themselves, nor those of other accounts.
    const { account } = Stack.of(this);
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.arn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
  }

  /** Lets a function tell people what needs them. */
  letTell(who: IGrantable): { ATTENTION_TOPIC_ARN: string } {
    who.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['sns:Publish'], resources: [this.arn] }),
    );
    return { ATTENTION_TOPIC_ARN: this.arn };
  }

  /** Has an alarm tell people when it rings. */
  hear(alarm: Alarm): void {
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}
