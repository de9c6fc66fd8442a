import { randomUUID } from 'node:crypto';
import { devNull } from 'node:os';
import { type BulkheadPolicy, bulkhead } from 'cockatiel';
import type { Clock } from './clock.ts';
import { type Addresses, endpointVariables } from './endpoints.ts';
import { accessKeyOf } from './iam/principals.ts';
import { type Kill, type LambdaFunction, lambdaFunction } from './lambda-function.ts';
import type { FunctionPart, StackParts } from './stack-parts.ts';

export interface StackFunctionsOptions extends Omit<EnvironmentOptions, 'speed'> {
  readonly clock: Clock;
  readonly onLog: (functionName: string, line: string) => void;
  /** How many invocations may run or wait at once, of all functions together. Lambda refuses one more. */
  readonly accountConcurrency?: number | undefined;
  /** Called with every invocation as it begins, and with a way to end its thread in the middle of it. */
  readonly onInvocation?: ((functionName: string, kill: Kill) => void) | undefined;
}

/** What an account has at first, unless it is new. */
export const usualAccountConcurrency = 1000;

/** Functions that no queue bounds: enough to show what concurrency shows, few enough for two cores. */
const usualConcurrency = 2;

/** Every function of the stack by its name. Their threads start when they are first invoked, as on AWS. */
export function stackFunctions(
  { functions, eventSources }: Pick<StackParts, 'functions' | 'eventSources'>,
  { clock, onLog, onInvocation, accountConcurrency, ...others }: StackFunctionsOptions,
): Map<string, LambdaFunction> {
  const account = bulkhead(accountConcurrency ?? usualAccountConcurrency);
  return new Map(
    functions.map((part) => {
      const lambda = lambdaFunction({
        ...part,
        environment: lambdaEnvironment(part, { ...others, speed: clock.speed }),
        maxConcurrency:
          eventSources.find((source) => source.function.name === part.name)?.maxConcurrency ??
          usualConcurrency,
        timeoutMs: part.timeoutSeconds * 1000,
        clock,
        context: lambdaContext(part),
        onLog: (line) => onLog(part.name, line),
        onInvocation: (kill) => onInvocation?.(part.name, kill),
      });
      return [part.name, throttled(lambda, account)];
    }),
  );
}

/** The function, which Lambda does not start while the account runs as many as it may. */
const throttled = (lambda: LambdaFunction, account: BulkheadPolicy): LambdaFunction => ({
  ...lambda,
  invoke: async (event) => {
    if (account.executionSlots > 0) return account.execute(() => lambda.invoke(event));
    const error = { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.', stackTrace: [] };
    return { requestId: randomUUID(), ok: false, failure: { kind: 'throttled', ...error } };
  },
});

/** The stack with the addresses of proxies in everything that its functions call. The proxies see, and may disturb, every call. */
export function withProxies(stack: StackParts, services: Addresses, proxies: Addresses): StackParts {
  const replaced = (value: string): string =>
    value
      .replaceAll(services.sqs, proxies.sqs)
      .replaceAll(services.igf, proxies.igf)
      .replaceAll(services.dynamodb, proxies.dynamodb);
  const functions = stack.functions.map((part) => {
    const variables = Object.entries(part.environment).map(([name, value]) => [name, replaced(value)]);
    return { ...part, environment: Object.fromEntries(variables) as FunctionPart['environment'] };
  });
  return { ...stack, functions };
}

/** In real seconds: longer than a call takes to the simulator, which commits at once. So the next look finds it. */
const usualShortestClaim = 2;

export interface EnvironmentOptions {
  readonly addresses: Addresses;
  readonly speed: number;
  /** Real seconds that a claim on a return item lasts at least, whatever the speed. */
  readonly shortestClaimSeconds?: number | undefined;
}

/**
 * A function's whole environment: its own variables, those of Lambda, and the addresses of the local services for the SDK.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function lambdaEnvironment(
  part: FunctionPart,
  { addresses, speed, shortestClaimSeconds = usualShortestClaim }: EnvironmentOptions,
): Record<string, string> {
  const { CLAIM_LEASE_SECONDS: lease, ...others } = part.environment;
  return {
    _HANDLER: part.handler,
    AWS_REGION: addresses.region,
    AWS_DEFAULT_REGION: addresses.region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: part.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(part.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_LOG_LEVEL: part.logLevel,
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${part.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_ACCESS_KEY_ID: accessKeyOf(part.name),
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    LAMBDA_TASK_ROOT: part.folder,
    TZ: ':UTC',
    ...endpointVariables(addresses),
    // Lambda has no ~/.aws; a developer's own settings must not change what runs here.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    ...others,
    STAGE: 'local',
    // A claim protects a call to IGF, and a call takes real time whatever SPEED is. At SPEED=3600 a claim of 120 s would
    // end before its call has left the machine, and let a second listing through.
    ...(lease && {
      CLAIM_LEASE_SECONDS: String(Math.max(Number(lease), Math.ceil(shortestClaimSeconds * speed))),
    }),
  };
}

/** The part of a handler's context that is the same for every invocation. */
export const lambdaContext = (part: FunctionPart): Record<string, string> => ({
  functionName: part.name,
  functionVersion: '$LATEST',
  invokedFunctionArn: part.arn,
  memoryLimitInMB: String(part.memoryMb),
  logGroupName: `/aws/lambda/${part.name}`,
  logStreamName: 'local',
});
