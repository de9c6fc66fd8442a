import { devNull } from 'node:os';
import { type Addresses, region } from './identities.ts';
import type { FunctionPart } from './stack-parts.ts';

/**
 * A claim outlives the time in which a call can reach the simulator, in real seconds. The simulator commits as soon as
 * it is reached, however late it answers, so from then on whoever asks it finds the listing.
 */
export const shortestClaimSeconds = 2;

export interface LambdaWorld {
  readonly addresses: Addresses;
  readonly speed: number;
  /** Real seconds that a claim lasts at least, whatever the speed. */
  readonly shortestClaimSeconds: number;
}

/**
 * A function's whole environment: its own variables, what Lambda sets, and where the AWS SDK finds the local services.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function lambdaEnvironment(part: FunctionPart, world: LambdaWorld): Record<string, string> {
  return {
    ...lambdaVariables(part),
    ...endpoints(world.addresses),
    ...withLongEnoughClaims(part.environment, world),
  };
}

function lambdaVariables(part: FunctionPart): Record<string, string> {
  return {
    _HANDLER: part.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: part.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(part.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_LOG_LEVEL: part.logLevel,
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${part.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    LAMBDA_TASK_ROOT: part.folder,
    TZ: ':UTC',
  };
}

function endpoints(addresses: Addresses): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_SQS: addresses.sqs,
    AWS_ENDPOINT_URL_SNS: addresses.sqs,
    AWS_ENDPOINT_URL_DYNAMODB: addresses.dynamodb,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: addresses.secretsManager,
    // Any other service: the stub says that it is not there. No call of a local function reaches AWS.
    AWS_ENDPOINT_URL: addresses.secretsManager,
    // Lambda has no ~/.aws; a developer's own settings must not change what runs here.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
}

/**
 * A claim protects a call to IGF, and such a call takes real time whatever SPEED is: at SPEED=3600 a claim of 120 s
 * would end before the call that it protects has left the machine, and let a second listing through. So a claim never
 * lasts shorter than that takes. At SPEED=60 one of 120 s lasts that long, which is 2 s.
 */
function withLongEnoughClaims(
  environment: Readonly<Record<string, string>>,
  world: LambdaWorld,
): Readonly<Record<string, string>> {
  const lease = environment.CLAIM_LEASE_SECONDS;
  if (lease === undefined) return environment;
  const shortest = Math.ceil(world.shortestClaimSeconds * world.speed);
  return { ...environment, CLAIM_LEASE_SECONDS: String(Math.max(Number(lease), shortest)) };
}

/** The part of a handler's context that is the same for every invocation. */
export function lambdaContext(part: FunctionPart): Record<string, string> {
  return {
    functionName: part.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: part.arn,
    memoryLimitInMB: String(part.memoryMb),
    logGroupName: `/aws/lambda/${part.name}`,
    logStreamName: 'local',
  };
}
