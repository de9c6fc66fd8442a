import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Settings } from '../settings/stage.ts';
import type { AttentionTopic } from './attention-topic.ts';

/** A few refused calls are strangers who try addresses. A sender's retries are more. */
const usualRefusals = 20;

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
  functionError: '$context.integrationErrorMessage',
};

/** One HTTP API with a route for each webhook. The gateway answers 404 to every other path. */
export class WebhookApi extends Construct {
  private readonly api: HttpApi;

  /** @param attention where the alarm for refused calls is published */
  constructor(scope: Construct, id: string, settings: Settings, attention: AttentionTopic) {
    super(scope, id);
    this.api = new HttpApi(this, 'Default', {
      apiName: Stack.of(this).stackName,
      description: 'Receives webhooks',
      createDefaultStage: false,
    });

    const log = new LogGroup(this, 'AccessLog', {
      // API Gateway adds every log group elsewhere to one policy of the account, which has an upper limit.
      logGroupName: `/aws/vendedlogs/${Stack.of(this).stackName}/access`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
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

    attention.alarm(this, 'RefusedAlarm', {
      metric: this.api.metricClientError({ period: Duration.hours(6), statistic: 'sum' }),
      threshold: usualRefusals,
      text:
        `More than ${usualRefusals} calls were refused in 6 hours. A sender may use another URL (404) or another ` +
        'key (401), or send what the bridge refuses (406, 413). It stops retrying after 24 hours, and a delivery ' +
        'that was answered 401 or 404 is kept nowhere. Read route and status of the calls in the access log, ' +
        'and compare URLs and keys with what the sender has.',
    });
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
