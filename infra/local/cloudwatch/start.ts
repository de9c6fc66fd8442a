import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { LambdaFunction } from '../lambda-function.ts';
import type { StackParts } from '../stack-parts.ts';
import { LocalCloudWatch, type LocalCloudWatchOptions } from './cloudwatch.ts';

export interface CloudWatchOptions {
  readonly stack: StackParts;
  readonly sqs: SQSClient;
  /** Milliseconds since the epoch, on the local runtime's clock. */
  readonly now: () => number;
  readonly onChange: NonNullable<LocalCloudWatchOptions['onChange']>;
}

/** How often it looks whether a minute of the local clock has passed, in real milliseconds. */
const tickMs = 250;

export type CloudWatch = ReturnType<typeof stackCloudWatch>;

/** CloudWatch of a running stack, which evaluates the alarms of its template. */
export function startCloudWatch(options: CloudWatchOptions): CloudWatch & AsyncDisposable {
  const cloudWatch = stackCloudWatch(options);
  const timer = setInterval(() => void cloudWatch.evaluate(), tickMs);
  return { ...cloudWatch, [Symbol.asyncDispose]: async () => clearInterval(timer) };
}

/** CloudWatch of a stack: it gets the metrics that AWS's services write. */
export function stackCloudWatch({ stack, sqs, now, onChange }: CloudWatchOptions) {
  const { alarms, metricFilters, accessLog, apiId } = stack;
  const cloudWatch = new LocalCloudWatch({ alarms, metricFilters, onChange }, now());
  const put = (namespace: string, name: string, dimensions: Record<string, string>, value: number): void =>
    cloudWatch.metrics.put({ namespace, name, dimensions }, value, now());

  const measureQueues = async () => {
    const measured = await Promise.all(
      stack.queues.map(async ({ name: QueueName, url }) => {
        const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
        const { Attributes = {} } = await sqs.send(command);
        return Object.entries(queueMetrics).map(([name, attribute]) => ({
          metric: { namespace: 'AWS/SQS', name, dimensions: { QueueName } },
          value: Number(Attributes[attribute]),
        }));
      }),
    );
    return measured.flat();
  };
  let measuring = false;

  return {
    /** Evaluates the alarms when a minute has passed since the last time. */
    evaluate: async (): Promise<void> => {
      if (measuring || !cloudWatch.isDue(now())) return;
      measuring = true;
      // A queue that can't be measured has no values, as on AWS.
      cloudWatch.evaluate(now(), await measureQueues().catch(() => []));
      measuring = false;
    },
    put,
    report: () => cloudWatch.report(),
    /** A function wrote a line. */
    functionLog: (line: string) => cloudWatch.takeLogLine(line, now()),
    /** The API answered: the values of the variables of its access log. */
    answered: (context: Readonly<Record<string, string | number>>) => {
      const status = Number(context.status);
      const dimensions = { ApiId: apiId };
      put('AWS/ApiGateway', 'Count', dimensions, 1);
      put('AWS/ApiGateway', '4xx', dimensions, status >= 400 && status < 500 ? 1 : 0);
      put('AWS/ApiGateway', '5xx', dimensions, status >= 500 ? 1 : 0);
      put('AWS/ApiGateway', 'Latency', dimensions, Number(context.responseLatency));
      if (accessLog) cloudWatch.takeAccessLine(accessLine(accessLog.Format, context), now());
    },
    /** The function, with its invocations counted. */
    counted: (lambda: LambdaFunction): LambdaFunction => ({
      ...lambda,
      invoke: async (event) => {
        const started = now();
        const invocation = await lambda.invoke(event);
        const isError = !invocation.ok && invocation.failure.kind !== 'stopped';
        const dimensions = { FunctionName: lambda.name };
        put('AWS/Lambda', 'Invocations', dimensions, 1);
        put('AWS/Lambda', 'Errors', dimensions, isError ? 1 : 0);
        put('AWS/Lambda', 'Duration', dimensions, now() - started);
        return invocation;
      },
    }),
  };
}

/** SQS's metrics, and the attributes that they show. */
const queueMetrics = {
  ApproximateNumberOfMessagesVisible: 'ApproximateNumberOfMessages',
  ApproximateNumberOfMessagesNotVisible: 'ApproximateNumberOfMessagesNotVisible',
} as const;

/** A line of the access log: the format with its variables replaced. One without a value is `-`, as on AWS. */
const accessLine = (format: string, context: Readonly<Record<string, string | number>>): unknown =>
  JSON.parse(format.replace(/\$context\.([\w.]+)/g, (_all, name: string) => String(context[name] ?? '-')));
