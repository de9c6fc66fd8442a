import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface WebhookApiProps {
  /** Requests a second, and how many at once, over all routes. */
  readonly throttling: { readonly rate: number; readonly burst: number };
  /** How long logs are kept; a number of days that CloudWatch knows. */
  readonly logRetentionDays: number;
}

/**
 * What the access log keeps of a call: the route's pattern and not the path, which may hold a secret token; nothing of
 * the caller; nothing of the body.
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

/** The door: one HTTP API with a route for each webhook. Whatever is not a route is answered 404 by the gateway. */
export class WebhookApi extends Construct {
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: WebhookApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Default', {
      apiName: Stack.of(this).stackName,
      description: 'Webhooks in',
      createDefaultStage: false,
    });

    const log = new LogGroup(this, 'AccessLog', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: props.throttling.rate, burstLimit: props.throttling.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
  }

  /** Without a path. */
  get url(): string {
    return this.api.apiEndpoint;
  }

  /** Sends `POST path` to the function, which this route alone may then invoke. @returns the URL that a sender posts to */
  post(path: string, fn: IFunction): string {
    this.api.addRoutes({
      path,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration(path, fn),
    });
    return `${this.api.apiEndpoint}${path}`;
  }
}
