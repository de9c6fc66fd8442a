import type { Clock } from './clock.ts';
import type { Addresses } from './identities.ts';
import { lambdaContext, lambdaEnvironment } from './lambda-environment.ts';
import { type Kill, type LambdaFunction, lambdaFunction } from './lambda-function.ts';
import type { StackParts } from './stack-parts.ts';

export interface StackFunctionsOptions {
  readonly addresses: Addresses;
  readonly clock: Clock;
  /** Real seconds that a claim on a return item lasts at least, whatever the speed. */
  readonly shortestClaimSeconds: number;
  readonly onLog: (functionName: string, line: string) => void;
  /** Told of every invocation as it begins, with a way to end its thread in the middle of it. */
  readonly onInvocation?: (functionName: string, kill: Kill) => void;
}

/** Functions that no queue bounds: enough to show what concurrency shows, few enough for two cores. */
const usualConcurrency = 2;

/** Every function of the stack by its name. Their threads start when they are first invoked, as on AWS. */
export function stackFunctions(
  stack: StackParts,
  { addresses, clock, shortestClaimSeconds, onLog, onInvocation }: StackFunctionsOptions,
): Map<string, LambdaFunction> {
  const functions = stack.functions.map((part) => {
    const source = stack.eventSources.find(({ function: { name } }) => name === part.name);
    return lambdaFunction({
      ...part,
      environment: lambdaEnvironment(part, { addresses, speed: clock.speed, shortestClaimSeconds }),
      maxConcurrency: source?.maxConcurrency ?? usualConcurrency,
      timeoutMs: part.timeoutSeconds * 1000,
      clock,
      context: lambdaContext(part),
      onLog: (line) => onLog(part.name, line),
      ...(onInvocation && { onInvocation: (kill: Kill) => onInvocation(part.name, kill) }),
    });
  });
  return new Map(functions.map((lambda) => [lambda.name, lambda]));
}
