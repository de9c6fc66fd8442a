import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Addresses } from '../../../infra/local/endpoints.ts';
import { type LambdaFunctionOptions, lambdaFunction } from '../../../infra/local/lambda-function.ts';
import type { FunctionPart, QueuePart } from '../../../infra/local/stack-parts.ts';

export const addresses: Addresses = {
  region: 'eu-central-1',
  api: 'http://127.0.0.1:3000',
  dynamodb: 'http://127.0.0.1:8000',
  sqs: 'http://127.0.0.1:4566',
  secretsManager: 'http://127.0.0.1:4999',
  igf: 'http://127.0.0.1:4010/api/v1',
};

export const realTime = { startedAt: 0, speed: 1 };

export const aQueue = (queue: Partial<QueuePart> = {}): QueuePart => ({
  name: 'queue',
  arn: 'arn:aws:sqs:eu-central-1:000000000000:queue',
  url: 'http://127.0.0.1:4566/000000000000/queue',
  attributes: {},
  visibilityTimeoutSeconds: 30,
  deadLetterArn: undefined,
  maxReceiveCount: undefined,
  ...queue,
});

export const aFunction = (part: Partial<FunctionPart> = {}): FunctionPart => ({
  name: 'stack-Worker',
  arn: 'arn:aws:lambda:eu-central-1:000000000000:function:stack-Worker',
  handler: 'index.handler',
  folder: '/nowhere',
  environment: {},
  timeoutSeconds: 5,
  memoryMb: 128,
  logLevel: 'INFO',
  ...part,
});

/** Functions made of source text for one test file; all end after it. */
export function functionsOfText() {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  const open = new AsyncDisposableStack();
  let count = 0;
  afterAll(async () => {
    await open.disposeAsync();
    rmSync(folder, { recursive: true });
  });
  /** The module `source` as a function; its logs are collected parsed. */
  return (source: string, options: Partial<LambdaFunctionOptions> = {}) => {
    count += 1;
    const code = join(folder, String(count));
    mkdirSync(code);
    writeFileSync(join(code, 'index.mjs'), source);
    const logs: unknown[] = [];
    const lambda = open.use(
      lambdaFunction({
        name: 'stack-Worker',
        handler: 'index.handler',
        folder: code,
        environment: {},
        logLevel: 'INFO',
        maxConcurrency: 1,
        timeoutMs: 5000,
        clock: realTime,
        context: { functionName: 'stack-Worker' },
        onLog: (line) => logs.push(JSON.parse(line)),
        ...options,
      }),
    );
    return { ...lambda, logs };
  };
}
