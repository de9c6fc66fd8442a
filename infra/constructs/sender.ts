import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { IngestEnvironment, Variables, WorkerEnvironment } from '../../lib/config/environment.ts';
import { claimLeaseSeconds, ingestTimeoutSeconds, workerTimeoutSeconds } from '../../lib/config/timing.ts';
import {
  type Sender as CatalogueSender,
  handlerFile,
  unknownRouteFile,
} from '../../lib/webhooks/catalogue.ts';
import { type Bundles, workerFile } from '../bundle.ts';
import { type AdvanceProps, advanceEnvironment } from './advance-environment.ts';
import { BundledFunction } from './bundled-function.ts';
import { pascalCase } from './names.ts';
import type { Quarantine } from './quarantine.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';
import type { WebhookApi } from './webhook-api.ts';

export interface SenderProps extends AdvanceProps {
  readonly sender: CatalogueSender;
  readonly bundles: Bundles;
  readonly api: WebhookApi;
  readonly quarantine: Quarantine;
}

/**
 * Everything of one sender: the routes with their ingest functions, the queue with its DLQ, and the worker.
 */
export class SenderPipeline extends Construct {
  /** The URL of each webhook, of the queue and of the DLQ. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The function of each webhook. */
  readonly ingest: LambdaFunction[] = [];
  readonly worker: LambdaFunction;
  readonly queue: QueueWithDlq;

  constructor(scope: Construct, id: string, props: SenderProps) {
    super(scope, id);
    this.queue = new QueueWithDlq(this, 'Queue');
    if (props.sender.hasUnknownRoute) this.addUnknownRoute(props);
    const urls = props.sender.webhooks.map(({ name, path }) => [
      `${id}${pascalCase(name)}Url`,
      this.addWebhook(name, path, props),
    ]);
    this.worker = this.addWorker(props);
    this.outputs = {
      ...Object.fromEntries(urls),
      [`${id}QueueUrl`]: this.queue.queue.queueUrl,
      [`${id}DeadLetterQueueUrl`]: this.queue.deadLetters.queueUrl,
    };
  }

  /** Every other path of the sender → a function that takes a slash at the end, and raises an alarm for the rest. */
  private addUnknownRoute(props: SenderProps): void {
    const path = `/${props.sender.name}/{proxy+}`;
    props.api.post(
      path,
      this.addIngest(
        'UnknownRoute',
        unknownRouteFile(props.sender),
        `Answers POST ${path}, which no webhook has`,
        props,
      ),
    );
  }

  /** Route → ingest function → queue, or quarantine. @returns the URL that the sender posts to */
  private addWebhook(webhook: string, path: string, props: SenderProps): string {
    const bundle = handlerFile(props.sender, { name: webhook });
    const lambda = this.addIngest(
      pascalCase(webhook),
      bundle,
      `Receives POST ${path} and enqueues it`,
      props,
    );
    return props.api.post(path, lambda);
  }

  private addIngest(id: string, bundle: string, description: string, props: SenderProps): LambdaFunction {
    const { sender, secrets, quarantine } = props;
    const { lambda } = new BundledFunction<Variables<IngestEnvironment>>(this, id, {
      ...props,
      description,
      bundle,
      timeoutSeconds: ingestTimeoutSeconds,
      sourceMaps: false,
      environment: (self) => ({
        ...this.queue.grantSend(self),
        ...quarantine.grantReject(self),
        SENDER_KEY_SECRET_ID: secrets.senderKey(sender.name).grantRead(self),
      }),
    });
    this.ingest.push(lambda);
    return lambda;
  }

  /** Queue → worker → table and IGF. */
  private addWorker(props: SenderProps): LambdaFunction {
    const { sender, stage } = props;
    const { lambda } = new BundledFunction<Variables<WorkerEnvironment>>(this, 'Worker', {
      ...props,
      description: `Processes the webhooks of ${sender.name}`,
      bundle: workerFile(sender),
      timeoutSeconds: workerTimeoutSeconds,
      sourceMaps: true,
      environment: (self) => ({
        ...this.queue.grantConsume(self),
        ...advanceEnvironment(self, props, claimLeaseSeconds),
      }),
    });
    this.queue.addEventSource(lambda, stage.settings.workerConcurrency);
    return lambda;
  }
}
