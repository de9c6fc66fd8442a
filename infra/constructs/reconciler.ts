import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ReconcilerEnvironment, Variables } from '../../lib/config/environment.ts';
import { reconcilerClaimLeaseSeconds, reconcilerTimeoutSeconds } from '../../lib/config/timing.ts';
import { reconcilerFile } from '../bundle.ts';
import { advanceEnvironment, type BridgeParts } from './advance-environment.ts';
import { ScheduledFunction } from './bundled-function.ts';

/**
 * Schedule → reconciler → table and IGF, which does not promise to deliver its webhooks.
 *
 * Two runs never overlap: the shortest rate is twice the timeout, and a failed run is not retried. So the function
 * needs no reserved concurrency, which a small account cannot give. If EventBridge starts a run twice all the same,
 * claims and conditional writes keep the two apart, as they do for two workers.
 */
export class Reconciler extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: BridgeParts) {
    super(scope, id);
    const { table, api } = props;
    const { settings } = props.stage;
    this.lambda = new ScheduledFunction<Variables<ReconcilerEnvironment>>(this, 'Function', {
      ...props,
      description: 'Polls ItGoesForward about returns without recent webhooks',
      bundle: reconcilerFile,
      timeoutSeconds: reconcilerTimeoutSeconds,
      sourceMaps: true,
      environment: (self) => ({
        ...advanceEnvironment(self, props, reconcilerClaimLeaseSeconds),
        ...table.grantQueryTasks(self),
        API_URL: api.url,
        RECONCILE_CALLS: String(settings.reconcileCalls),
      }),
      every: Duration.minutes(settings.reconcileMinutes),
    }).lambda;
  }
}
