import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface AlarmProps {
  readonly metric: IMetric;
  /** Says what happened, what it means, and what to do. A paged person reads this text first. */
  readonly text: string;
  /** The alarm fires when the metric exceeds this in one period. Default: 0. */
  readonly threshold?: number;
  /** How a period without data counts. Default: the alarm does not fire. */
  readonly missingData?: TreatMissingData;
}

/**
 * The topic for everything that needs a person: notices of single returns, and alarms. Every alarm of the stack is made
 * here.
 *
 * The topic has no KMS key. Alarms cannot publish to a topic with the free key, because `alias/aws/sns` admits no other
 * service, and a key of our own costs money every month. SNS keeps a message only until it is delivered, and delivers
 * most of them as plain mail. A notice contains no personal data except an order number. TLS protects it on its way to
 * the topic.
 */
export class AttentionTopic extends Construct {
  readonly arn: string;
  private readonly topic: Topic;

  /** @param email AWS asks this address to confirm a subscription. Other people can subscribe to the topic themselves. */
  constructor(scope: Construct, id: string, email: string | undefined) {
    super(scope, id);
    this.topic = new Topic(this, 'Default', { enforceSSL: true });
    this.arn = this.topic.topicArn;
    if (email) this.topic.addSubscription(new EmailSubscription(email));

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
  }

  /** Lets a function publish notices. */
  grantPublish(publisher: IGrantable): { ATTENTION_TOPIC_ARN: string } {
    this.topic.grantPublish(publisher);
    return { ATTENTION_TOPIC_ARN: this.arn };
  }

  /** Makes an alarm that publishes on this topic when it fires. @param scope the construct that the alarm watches */
  alarm(
    scope: Construct,
    id: string,
    { metric, text, threshold = 0, missingData = TreatMissingData.NOT_BREACHING }: AlarmProps,
  ): void {
    const alarm = new Alarm(scope, id, {
      alarmDescription: text,
      metric,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold,
      evaluationPeriods: 1,
      treatMissingData: missingData,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}
