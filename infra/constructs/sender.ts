import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { IngestEnvironment, Variables, WorkerEnvironment } from '../../lib/config/environment.ts';
import { claimLeaseSeconds, ingestTimeoutSeconds, workerTimeoutSeconds } from '../../lib/config/timing.ts';
import { type Sender as CatalogueSender, handlerFile } from '../../lib/webhooks/catalogue.ts';
import { workerFile } from '../bundle.ts';
import { advanceEnvironment, type BridgeParts } from './advance-environment.ts';
import { BundledFunction } from './bundled-function.ts';
import { pascalCase } from './names.ts';
import type { Quarantine } from './quarantine.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';

export interface SenderProps extends BridgeParts {
  readonly sender: CatalogueSender;
  readonly quarantine: Quarantine;
}

/** Everything of one sender: the routes with their ingest functions, the queue with its DLQ, and the worker. */
export class SenderPipeline extends Construct {
  /** The URL of each webhook, of the queue and of the DLQ. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The function of each webhook. */
  readonly ingest: LambdaFunction[] = [];
  readonly worker: LambdaFunction;
  private readonly queue: QueueWithDlq;

  constructor(scope: Construct, id: string, props: SenderProps) {
    super(scope, id);
    this.queue = new QueueWithDlq(this, 'Queue', props.attention);
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

  /** Route → ingest function → queue, or quarantine. @returns the URL that the sender posts to */
  private addWebhook(webhook: string, path: string, props: SenderProps): string {
    const { sender, api, secrets, quarantine } = props;
    const { lambda } = new BundledFunction<Variables<IngestEnvironment>>(this, pascalCase(webhook), {
      ...props,
      description: `Receives POST ${path} and enqueues it`,
      bundle: handlerFile(sender, { name: webhook }),
      timeoutSeconds: ingestTimeoutSeconds,
      sourceMaps: false,
      environment: (self) => ({
        ...this.queue.grantSend(self),
        ...quarantine.grantReject(self),
        SENDER_KEY_SECRET_ID: secrets.senderKey(sender.name).grantRead(self),
      }),
    });
    this.ingest.push(lambda);
    return api.post(path, lambda);
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
