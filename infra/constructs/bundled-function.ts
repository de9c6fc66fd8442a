import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { type IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Bundles, codeOf } from '../bundle.ts';
import type { Stage } from '../settings/stage.ts';
import { metricNamespaceOf } from './names.ts';

export interface BundledFunctionProps<Variables extends Record<string, string>> {
  /** The console shows it in the list of functions. */
  readonly description: string;
  readonly stage: Stage;
  readonly bundles: Bundles;
  readonly bundle: string;
  readonly timeoutSeconds: number;
  /** Whether stack traces show source positions. That costs a cold start some 15 ms, which a caller would wait for. */
  readonly sourceMaps: boolean;
  /** The values of the setting `tracing` with which X-Ray traces the function. Each trace costs money. */
  readonly tracedWith?: readonly Stage['settings']['tracing'][];
  /** Its variables. A `grant…` gives a permission and returns the variables for it: a function never has one alone. */
  readonly environment: (self: IGrantable) => Variables;
}

/** A Lambda function with our defaults. Its role has only the permissions that were granted to it by name. */
export class BundledFunction<Variables extends Record<string, string>> extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: BundledFunctionProps<Variables>) {
    super(scope, id);
    const { tracedWith = ['workers', 'all'] } = props;
    // The logs are deleted with the stack. Everything that must outlive the stack is in the table.
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${Stack.of(this).stackName}/${props.bundle}`,
      retention: props.stage.settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });

    // AWS's managed policy for Lambdas would let the function write to every log group of the account.
    const role = new Role(this, 'Role', {
      description: `Role of the function: ${props.description}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);

    const isTraced = tracedWith.includes(props.stage.settings.tracing);
    this.lambda = new LambdaFunction(this, 'Default', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(codeOf(props.bundles, props.bundle)),
      handler: 'index.handler',
      role,
      environment: {
        ...props.environment(role),
        METRIC_NAMESPACE: metricNamespaceOf(this),
        ...(props.sourceMaps && { NODE_OPTIONS: '--enable-source-maps' }),
      },
      timeout: Duration.seconds(props.timeoutSeconds),
      // Lambda gives CPU in proportion to memory. Less memory would double the time for TLS handshakes and parsing at a
      // cold start. More would cost money without effect, because a call mostly waits for other services.
      memorySize: 512,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // Lambda's own lines about each run are billed, too. Those about a crash and a timeout remain.
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: isTraced ? Tracing.ACTIVE : Tracing.DISABLED,
    });
    Validations.of(this).acknowledge(
      {
        id: 'Serverless-LambdaDLQ',
        reason:
          'A route, a queue or a schedule invokes it. The caller gets the error, SQS keeps the message, or the next run does the same.',
      },
      isTraced
        ? {
            id: 'AwsSolutions-IAM5[Resource::*]',
            reason: 'Traces have no resource: xray:Put… knows "*" only.',
          }
        : {
            id: 'Serverless-LambdaTracing',
            reason:
              'The setting `tracing` leaves it out, because each trace costs money. Its log has every step.',
          },
    );
  }
}

export interface ScheduledFunctionProps<Variables extends Record<string, string>>
  extends BundledFunctionProps<Variables> {
  /** The time from the start of one run to the start of the next. */
  readonly every: Duration;
}

/** Schedule → function. A failed run is not retried, because the next run does the same. */
export class ScheduledFunction<Variables extends Record<string, string>> extends BundledFunction<Variables> {
  constructor(scope: Construct, id: string, props: ScheduledFunctionProps<Variables>) {
    super(scope, id, props);
    const noRetry = { retryAttempts: 0, maxEventAge: Duration.minutes(5) };
    this.lambda.configureAsyncInvoke(noRetry);
    Validations.of(this).acknowledge(
      ...['Serverless-LambdaAsyncFailureDestination', 'Serverless-EventBusDLQ'].map((id) => ({
        id,
        reason: 'The next run does what a failed one left. Alarms ring when runs fail or stop.',
      })),
    );
    new Rule(this, 'Schedule', {
      description: `Schedule of: ${props.description}`,
      schedule: Schedule.rate(props.every),
      // The function reads nothing from the event.
      targets: [new LambdaTarget(this.lambda, { ...noRetry, event: RuleTargetInput.fromObject({}) })],
    });
  }
}
