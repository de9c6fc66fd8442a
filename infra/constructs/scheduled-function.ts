import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { AttentionTopic } from './attention-topic.ts';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';

export interface ScheduledFunctionProps<Variables extends Record<string, string>>
  extends BundledFunctionProps<Variables> {
  /** The time from the start of one run to the start of the next. */
  readonly every: Duration;
  readonly attention: AttentionTopic;
  /** The text of the alarm that fires when a run fails: what it means, and what to do. */
  readonly failureText: string;
}

/** Schedule → function. A failed run raises an alarm and is not retried, because the next run does the same. */
export class ScheduledFunction<Variables extends Record<string, string>> extends BundledFunction<Variables> {
  constructor(scope: Construct, id: string, props: ScheduledFunctionProps<Variables>) {
    super(scope, id, props);
    const noRetry = { retryAttempts: 0, maxEventAge: Duration.minutes(5) };
    this.lambda.configureAsyncInvoke(noRetry);
    new Rule(this, 'Schedule', {
      description: `Schedule of: ${props.description}`,
      schedule: Schedule.rate(props.every),
      // The function reads nothing from the event.
      targets: [new LambdaTarget(this.lambda, { ...noRetry, event: RuleTargetInput.fromObject({}) })],
    });
    props.attention.alarm(this, 'FailedAlarm', {
      metric: this.lambda.metricErrors({ period: Duration.hours(1) }),
      text: props.failureText,
    });
  }
}
