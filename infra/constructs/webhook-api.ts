import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Settings } from '../settings/stage.ts';
import { fiveMinutes } from './alarms/alarm.ts';
import { metricNamespaceOf } from './names.ts';

/**
 * The access log's fields for a call. They name the route's pattern instead of the path, because a path may end in a
 * secret token. They contain nothing about the caller and nothing of the body.
 */
const accessLog = {
  time: '$context.requestTime',
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  functionStatus: '$context.integration.status',
  functionLatencyMs: '$context.integration.latency',
  /** Lambda's request id, by which the function's own lines are found. */
  functionRequestId: '$context.integration.requestId',
  functionError: '$context.integrationErrorMessage',
  /** Why the gateway itself refused the call. */
  refusal: '$context.error.responseType',
  reason: '$context.error.message',
};

/** One HTTP API with a route for each webhook. The gateway answers 404 to every other path. */
export class WebhookApi extends Construct {
  readonly api: HttpApi;
  /** The log of every call, with its answer. */
  readonly logGroupName: string;
  /** Counts the answers 429, which the gateway gives without a function. CloudWatch has no metric of them. */
  private readonly throttled: MetricFilter;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.api = new HttpApi(this, 'Default', {
      apiName: Stack.of(this).stackName,
      description: `Receives the webhooks of ${Stack.of(this).stackName}`,
      createDefaultStage: false,
    });

    const log = new LogGroup(this, 'AccessLog', {
      // API Gateway adds every log group elsewhere to one policy of the account, which has an upper limit.
      logGroupName: `/aws/vendedlogs/${Stack.of(this).stackName}/access`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.logGroupName = log.logGroupName;
    this.throttled = new MetricFilter(this, 'Throttled', {
      logGroup: log,
      filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
      metricNamespace: metricNamespaceOf(this),
      metricName: 'throttled-requests',
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: settings.throttling.rate, burstLimit: settings.throttling.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
  }

  /** Its calls, and its answers 4xx, 5xx and 429. */
  get metrics() {
    const sum = { period: fiveMinutes, statistic: 'Sum' };
    return {
      all: this.api.metricCount(sum),
      clientErrors: this.api.metricClientError(sum),
      serverErrors: this.api.metricServerError(sum),
      throttled: this.throttled.metric(sum),
    };
  }

  /** The base URL, without a path. */
  get url(): string {
    return this.api.apiEndpoint;
  }

  /** Routes `POST path` to the function, and lets only this route invoke it. @returns the URL that a sender posts to */
  post(path: string, fn: IFunction): string {
    this.api.addRoutes({
      path,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration(path, fn),
    });
    return `${this.api.apiEndpoint}${path}`;
  }
}
