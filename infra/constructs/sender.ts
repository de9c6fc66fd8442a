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

  constructor(scope: Construct, id: string, props: SenderProps) {
    super(scope, id);
    const { sender, stage, api, secrets, quarantine, attention } = props;
    const queue = new QueueWithDlq(this, 'Queue', attention);

    // Route → ingest function → queue, or quarantine.
    const urls: Record<string, string> = {};
    for (const { name, path } of sender.webhooks) {
      const { lambda } = new BundledFunction<Variables<IngestEnvironment>>(this, pascalCase(name), {
        ...props,
        description: `Receives POST ${path} and enqueues it`,
        bundle: handlerFile(sender, { name }),
        timeoutSeconds: ingestTimeoutSeconds,
        sourceMaps: false,
        environment: (self) => ({
          ...queue.grantSend(self),
          ...quarantine.grantReject(self),
          SENDER_KEY_SECRET_ID: secrets.senderKey(sender.name).grantRead(self),
        }),
      });
      this.ingest.push(lambda);
      urls[`${id}${pascalCase(name)}Url`] = api.post(path, lambda);
    }

    // Queue → worker → table and IGF.
    this.worker = new BundledFunction<Variables<WorkerEnvironment>>(this, 'Worker', {
      ...props,
      description: `Processes the webhooks of ${sender.name}`,
      bundle: workerFile(sender),
      timeoutSeconds: workerTimeoutSeconds,
      sourceMaps: true,
      environment: (self) => ({
        ...queue.grantConsume(self),
        ...advanceEnvironment(self, props, claimLeaseSeconds),
      }),
    }).lambda;
    queue.addEventSource(this.worker, stage.settings.workerConcurrency);

    this.outputs = {
      ...urls,
      [`${id}QueueUrl`]: queue.queue.queueUrl,
      [`${id}DeadLetterQueueUrl`]: queue.deadLetters.queueUrl,
    };
  }
}
