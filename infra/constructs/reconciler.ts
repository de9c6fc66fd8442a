import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ReconcilerEnvironment, Variables } from '../../lib/config/environment.ts';
import { reconcilerClaimLeaseSeconds, reconcilerTimeoutSeconds } from '../../lib/config/timing.ts';
import { type Bundles, codeOf, reconcilerFile } from '../bundle.ts';
import { igfShare } from '../settings/igf-rate-limit.ts';
import type { Stage } from '../settings/stage.ts';
import type { AttentionTopic } from './attention-topic.ts';
import type { BridgeTable } from './bridge-table.ts';
import { BundledFunction } from './bundled-function.ts';
import type { BridgeSecrets } from './secrets.ts';
import type { WebhookApi } from './webhook-api.ts';

export interface ReconcilerProps {
  readonly stage: Stage;
  readonly bundles: Bundles;
  readonly table: BridgeTable;
  readonly secrets: BridgeSecrets;
  readonly attention: AttentionTopic;
  readonly api: WebhookApi;
}

/**
 * Schedule → reconciler → table and IGF. It asks IGF about returns that nothing was heard of, because no webhook of
 * theirs is promised to come.
 *
 * Two runs never meet: the shortest rate is twice the timeout, and a run that failed is not tried again, because the next
 * one does the same. That needs no reserved concurrency, which an account with few of them can't give. Should EventBridge
 * start a run twice all the same, returns are claimed and written as between any two workers.
 */
export class Reconciler extends Construct {
  readonly worker: LambdaFunction;

  constructor(
    scope: Construct,
    id: string,
    { stage, bundles, table, secrets, attention, api }: ReconcilerProps,
  ) {
    super(scope, id);
    const { settings } = stage;
    const { lambda } = new BundledFunction<Variables<ReconcilerEnvironment>>(this, 'Function', {
      description: 'Asks ItGoesForward about returns that nothing was heard of',
      code: codeOf(bundles, reconcilerFile),
      timeoutSeconds: reconcilerTimeoutSeconds,
      logRetentionDays: settings.logRetentionDays,
      sourceMaps: true,
      environment: (self) => ({
        ...table.letKeepStories(self),
        ...table.letListWork(self),
        ...attention.letTell(self),
        IGF_BASE_URL: settings.igfBaseUrl,
        IGF_PATHS: JSON.stringify(settings.igfPaths),
        IGF_KEY_SECRET_ID: secrets.igfKey.letRead(self),
        POLICY: JSON.stringify(stage.policy),
        CLAIM_LEASE_SECONDS: String(reconcilerClaimLeaseSeconds),
        IGF_CALLS_PER_SECOND: String(igfShare(settings)),
        API_URL: api.url,
        RECONCILE_CALLS: String(settings.reconcileCalls),
      }),
    });
    const soon = { retryAttempts: 0, maxEventAge: Duration.minutes(5) };
    this.worker = lambda;
    lambda.configureAsyncInvoke(soon);
    new Rule(this, 'Schedule', {
      description: 'Starts the reconciler',
      schedule: Schedule.rate(Duration.minutes(settings.reconcileMinutes)),
      // Nothing of the event is read.
      targets: [new LambdaTarget(lambda, { ...soon, event: RuleTargetInput.fromObject({}) })],
    });

    const alarm = new Alarm(this, 'FailedAlarm', {
      alarmDescription:
        'The reconciler failed as a whole: what no webhook tells is not noticed. Its log says why.',
      metric: lambda.metricErrors({ period: Duration.hours(1) }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    attention.hear(alarm);
  }
}
