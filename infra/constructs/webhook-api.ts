import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { MetricName } from '../../lib/config/metrics.ts';
import type { Settings } from '../settings/stage.ts';
import { fiveMinutes } from './alarms/alarm.ts';
import { metricNamespaceOf } from './names.ts';

/** A path may end in a secret token, so the route's pattern is logged, and nothing of the caller or the body. */
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
  /** The base URL of the webhooks, without a path. */
  readonly url: string;
  /** With a domain name of its own: the name that its DNS record must point to. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The log of every call, with its answer. */
  readonly logGroupName: string;
  /** Counts the answers 429, which the gateway gives without a function. CloudWatch has no metric of them. */
  private readonly throttled: MetricFilter;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const domain = this.domainOf(settings);
    this.api = new HttpApi(this, 'Default', {
      apiName: Stack.of(this).stackName,
      description: `Receives the webhooks of ${Stack.of(this).stackName}`,
      createDefaultStage: false,
      // Otherwise the webhooks would have two URLs each.
      disableExecuteApiEndpoint: domain !== undefined,
    });
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Each ingest function compares the key itself, in constant time. It fails closed with 401 or 503.',
    });
    this.url = domain ? `https://${settings.domainName}` : this.api.apiEndpoint;
    this.outputs = domain ? { DomainNameTarget: domain.regionalDomainName } : {};

    const log = new LogGroup(this, 'AccessLog', {
      // API Gateway adds every log group elsewhere to one policy of the account, which has an upper limit.
      logGroupName: `/aws/vendedlogs/${Stack.of(this).stackName}/access`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.logGroupName = log.logGroupName;
    const counts = { logGroup: log, metricNamespace: metricNamespaceOf(this) };
    this.throttled = new MetricFilter(this, 'Throttled', {
      ...counts,
      filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
      metricName: 'throttled-requests',
    });
    // The gateway, or Lambda, refuses a body before a function sees it. A function counts under the same name.
    new MetricFilter(this, 'TooLarge', {
      ...counts,
      filterPattern: FilterPattern.all(
        FilterPattern.stringValue('$.status', '=', '413'),
        FilterPattern.stringValue('$.functionStatus', '!=', '413'),
      ),
      metricName: 'not-kept' satisfies MetricName,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: settings.throttling.rate, burstLimit: settings.throttling.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
    // The stage's own `domainMapping` would have a logical id that ends in `undefined`.
    if (domain) new ApiMapping(this, 'DomainMapping', { api: this.api, domainName: domain, stage });
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

  /** Routes `POST path` to the function, and lets only this route invoke it. @returns the URL that a sender posts to */
  post(path: string, fn: IFunction): string {
    this.api.addRoutes({
      path,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration(path, fn),
    });
    return `${this.url}${path}`;
  }

  private domainOf({ domainName, certificateArn }: Settings): DomainName | undefined {
    if (!domainName || !certificateArn) return undefined;
    const certificate = Certificate.fromCertificateArn(this, 'Certificate', certificateArn);
    return new DomainName(this, 'DomainName', { domainName, certificate });
  }
}
