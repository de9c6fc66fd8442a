import type { LambdaFunction } from '../lambda-function.ts';
import type { QueueMetrics } from '../sqs.ts';
import type { StackParts } from '../stack-parts.ts';
import { LocalCloudWatch, type LocalCloudWatchOptions } from './cloudwatch.ts';

export interface CloudWatchOptions {
  readonly stack: StackParts;
  readonly measure: (queue: string) => Promise<QueueMetrics>;
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
export function stackCloudWatch({ stack, measure, now, onChange }: CloudWatchOptions) {
  const { alarms, metricFilters, accessLog, apiId } = stack;
  const cloudWatch = new LocalCloudWatch({ alarms, metricFilters, onChange }, now());
  const put = (namespace: string, name: string, dimensions: Record<string, string>, value: number): void =>
    cloudWatch.metrics.put({ namespace, name, dimensions }, value, now());

  const measureQueues = async () => {
    const measured = await Promise.all(
      stack.queues.map(async ({ name: QueueName }) =>
        Object.entries(await measure(QueueName)).map(([name, value]) => ({
          metric: { namespace: 'AWS/SQS', name, dimensions: { QueueName } },
          value,
        })),
      ),
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
    report: () => cloudWatch.report(),
    received: () => cloudWatch.metrics.names(),
    functionLog: (line: string) => cloudWatch.takeLogLine(line, now()),
    /** The API answered: the values of the variables of its access log. */
    answered: (context: Readonly<Record<string, string | number>>) => {
      const status = Number(context.status);
      const integrationLatency = context['integration.latency'];
      for (const dimensions of [{ ApiId: apiId }, { ApiId: apiId, Stage: '$default' }]) {
        put('AWS/ApiGateway', 'Count', dimensions, 1);
        put('AWS/ApiGateway', '4xx', dimensions, status >= 400 && status < 500 ? 1 : 0);
        put('AWS/ApiGateway', '5xx', dimensions, status >= 500 ? 1 : 0);
        put('AWS/ApiGateway', 'Latency', dimensions, Number(context.responseLatency));
        if (integrationLatency !== undefined)
          put('AWS/ApiGateway', 'IntegrationLatency', dimensions, Number(integrationLatency));
      }
      if (accessLog) cloudWatch.takeAccessLine(accessLine(accessLog.Format, context), now());
    },
    /** The function, with its invocations counted. */
    counted: (lambda: LambdaFunction): LambdaFunction => {
      const dimensions = { FunctionName: lambda.name };
      let running = 0;
      const invoke: LambdaFunction['invoke'] = async (event) => {
        const started = now();
        running += 1;
        put('AWS/Lambda', 'ConcurrentExecutions', dimensions, running);
        const invocation = await lambda.invoke(event);
        running -= 1;
        const failure = invocation.ok ? undefined : invocation.failure.kind;
        const isThrottled = failure === 'throttled';
        // Without a dimension it is the sum over the functions of the account.
        for (const each of [dimensions, {}]) put('AWS/Lambda', 'Throttles', each, isThrottled ? 1 : 0);
        if (isThrottled) return invocation;
        put('AWS/Lambda', 'Invocations', dimensions, 1);
        put('AWS/Lambda', 'Errors', dimensions, failure !== undefined && failure !== 'stopped' ? 1 : 0);
        put('AWS/Lambda', 'Duration', dimensions, now() - started);
        return invocation;
      };
      return { ...lambda, invoke };
    },
  };
}

/** A line of the access log: the format with its variables replaced. One without a value is `-`, as on AWS. */
const accessLine = (format: string, context: Readonly<Record<string, string | number>>): unknown =>
  JSON.parse(format.replace(/\$context\.([\w.]+)/g, (_all, name: string) => String(context[name] ?? '-')));
