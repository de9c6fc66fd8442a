import { createServer, request as send } from 'node:http';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { guard } from '../../../infra/local/iam/guard.ts';
import { listen } from '../../../infra/local/listen.ts';
import { host } from '../../../infra/local-services.ts';

/** An SQS with move tasks. The local SQS has none. */
export interface MovingSqs {
  readonly url: string;
  /** The requests of StartMessageMoveTask and CancelMessageMoveTask. */
  readonly requests: { readonly action: string; readonly input: Record<string, unknown> }[];
  close(): Promise<void>;
}

interface Task {
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';
  source: string;
  destination: string;
  startedAt: number;
  moved: number;
  toMove: number;
  pollsUntilCancelled: number;
}

export interface MovingOptions {
  /** Messages that are moved between two polls of the task. */
  readonly atOnce?: number;
  /** Called for each moved message, such as to return it to the DLQ. */
  readonly onMoved?: (body: string) => Promise<unknown>;
  /** The task fails with this reason after so many moved messages. */
  readonly failsAfter?: { readonly moved: number; readonly reason: string };
  /** See `guard`. */
  readonly iam?: string;
}

/** A task's handle names its queue, as on AWS. */
const handleOf = (sourceArn: string): string => btoa(JSON.stringify({ taskId: 'a-task', sourceArn }));

/**
 * A proxy before an SQS without move tasks, which does these tasks itself. A task moves some messages each time it is
 * polled, while there are any. One queue has one task at a time.
 */
export async function movingSqs(
  sqs: SQSClient,
  target: string,
  urlOf: (arn: string) => string,
  { atOnce = 10, onMoved, failsAfter, iam }: MovingOptions = {},
): Promise<MovingSqs> {
  const tasks: Task[] = [];
  let listed = 0;
  const requests: { action: string; input: Record<string, unknown> }[] = [];
  const { hostname, port } = new URL(target);

  async function move(task: Task): Promise<void> {
    for (let count = 0; count < atOnce; count += 1) {
      if (failsAfter && task.moved >= failsAfter.moved) {
        task.status = 'FAILED';
        return;
      }
      const QueueUrl = urlOf(task.source);
      const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      if (!message) {
        task.status = 'COMPLETED';
        return;
      }
      const { Body: MessageBody = '', ReceiptHandle } = message;
      await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(task.destination), MessageBody }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      task.moved += 1;
      await onMoved?.(MessageBody);
    }
  }

  const entryOf = (task: Task) => ({
    Status: task.status,
    SourceArn: task.source,
    DestinationArn: task.destination,
    StartedTimestamp: task.startedAt,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.status === 'RUNNING' && { TaskHandle: handleOf(task.source) }),
    ...(task.status === 'FAILED' && { FailureReason: failsAfter?.reason }),
  });

  const actions: Record<string, (input: Record<string, unknown>) => Promise<object>> = {
    async StartMessageMoveTask(input) {
      const source = String(input.SourceArn);
      const active = ['RUNNING', 'CANCELLING'];
      if (tasks.some((task) => task.source === source && active.includes(task.status))) {
        throw new Error('There is already a task running.');
      }
      requests.push({ action: 'start', input });
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: urlOf(source),
          AttributeNames: ['ApproximateNumberOfMessages'],
        }),
      );
      tasks.unshift({
        status: 'RUNNING',
        source,
        destination: String(input.DestinationArn),
        startedAt: tasks.length + 1,
        moved: 0,
        toMove: Number(Attributes?.ApproximateNumberOfMessages),
        pollsUntilCancelled: 3,
      });
      return { TaskHandle: handleOf(source) };
    },
    async ListMessageMoveTasks({ SourceArn }) {
      const [newest, ...earlier] = tasks.filter(({ source }) => source === SourceArn);
      // A task that has just started is listed a moment later.
      const task = newest && newest.startedAt > listed ? earlier[0] : newest;
      listed = tasks.length;
      if (task?.status === 'RUNNING') await move(task);
      const Results = task ? [entryOf(task)] : [];
      // A task is listed as CANCELLING a few times before it is CANCELLED.
      if (task?.status === 'CANCELLING' && --task.pollsUntilCancelled === 0) task.status = 'CANCELLED';
      return { Results };
    },
    async CancelMessageMoveTask(input) {
      requests.push({ action: 'cancel', input });
      for (const task of tasks) if (task.status === 'RUNNING') task.status = 'CANCELLING';
      return { ApproximateNumberOfMessagesMoved: tasks[0]?.moved };
    },
  };

  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const action = actions[String(headers['x-amz-target']).split('.').at(-1) ?? ''];
    if (!action) {
      const onward = send({ hostname, port, method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
      return;
    }
    let text = '';
    incoming.on('data', (chunk) => {
      text += chunk;
    });
    incoming.on('end', () => {
      action(JSON.parse(text)).then(
        (answer) =>
          outgoing
            .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
            .end(JSON.stringify(answer)),
        (error: Error) =>
          outgoing
            .writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
            .end(
              JSON.stringify({ __type: 'com.amazonaws.sqs#UnsupportedOperation', message: error.message }),
            ),
      );
    });
  });
  guard(server, iam);
  const found = await listen(server, 0);
  return {
    url: `http://${host}:${found}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
