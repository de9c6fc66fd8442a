import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { IngestEnvironment, Variables, WorkerEnvironment } from '../../lib/config/environment.ts';
import { claimLeaseSeconds, ingestTimeoutSeconds, workerTimeoutSeconds } from '../../lib/config/timing.ts';
import { type Sender as CatalogueSender, handlerFile, unknownRoute } from '../../lib/webhooks/catalogue.ts';
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
  readonly name: string;
  /** The function of each webhook, and of the paths without one. */
  readonly ingest: LambdaFunction[] = [];
  readonly worker: LambdaFunction;
  readonly queue: QueueWithDlq;

  constructor(scope: Construct, id: string, props: SenderProps) {
    super(scope, id);
    const { sender, stage, api, secrets, quarantine } = props;
    const queue = new QueueWithDlq(this, 'Queue', stage.policy.mode);
    this.queue = queue;
    this.name = sender.name;

    // Route → ingest function → queue, or quarantine.
    const addIngest = (name: string, path: string, description: string): string => {
      const { lambda } = new BundledFunction<Variables<IngestEnvironment>>(this, pascalCase(name), {
        ...props,
        description,
        bundle: handlerFile(sender, { name }),
        timeoutSeconds: ingestTimeoutSeconds,
        sourceMaps: false,
        tracedWith: ['all'],
        environment: (self) => ({
          ...queue.grantSend(self),
          ...quarantine.grantReject(self),
          SENDER_KEY_SECRET_ID: secrets.senderKey(sender.name).grantRead(self),
        }),
      });
      this.ingest.push(lambda);
      return api.post(path, lambda);
    };
    const urls = sender.webhooks.map(({ name, path }) => [
      `${id}${pascalCase(name)}Url`,
      addIngest(name, path, `Receives POST ${path} and enqueues it`),
    ]);
    if (sender.hasUnknownRoute) {
      const path = `/${sender.name}/{proxy+}`;
      addIngest(unknownRoute, path, `Answers POST ${path} to which no webhook belongs`);
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
      ...Object.fromEntries(urls),
      [`${id}QueueUrl`]: queue.queue.queueUrl,
      [`${id}DeadLetterQueueUrl`]: queue.deadLetters.queueUrl,
    };
  }
}
