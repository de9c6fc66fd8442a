import { randomUUID } from 'node:crypto';
import {
  type ExecutionEnvironment,
  type ExecutionEnvironmentOptions,
  type Invocation,
  startExecutionEnvironment,
} from './execution-environment.ts';

export interface LambdaFunction {
  readonly name: string;
  /** Runs the function once, now or when one of its environments is free. Never rejects. */
  invoke(event: unknown): Promise<Invocation>;
  close(): Promise<void>;
}

/** Ends the thread of an invocation that still runs; false when it had ended. */
export type Kill = () => boolean;

export interface LambdaFunctionOptions extends ExecutionEnvironmentOptions {
  readonly name: string;
  /** How many environments may run at once; further invocations wait their turn. */
  readonly maxConcurrency: number;
  /** Told of every invocation as it begins. */
  readonly onInvocation?: (kill: Kill) => void;
}

/**
 * A function with its execution environments: kept warm, started when an invocation finds none free, replaced when one
 * crashed or ran out of time.
 */
export function lambdaFunction(options: LambdaFunctionOptions): LambdaFunction {
  const environments = new Set<ExecutionEnvironment>();
  const idle: ExecutionEnvironment[] = [];
  const waiting: (() => void)[] = [];

  const acquire = async (): Promise<ExecutionEnvironment> => {
    for (;;) {
      const warm = idle.pop();
      if (warm?.alive()) return warm;
      if (warm) environments.delete(warm);
      else if (environments.size < options.maxConcurrency) {
        const fresh = startExecutionEnvironment(options);
        environments.add(fresh);
        return fresh;
      } else await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  const release = (environment: ExecutionEnvironment): void => {
    if (environment.alive()) idle.push(environment);
    else environments.delete(environment);
    waiting.shift()?.();
  };

  return {
    name: options.name,
    invoke: async (event) => {
      const environment = await acquire();
      const requestId = randomUUID();
      options.onInvocation?.(() => environment.kill(requestId));
      const invocation = await environment.invoke(requestId, event);
      release(environment);
      return invocation;
    },
    close: async () => {
      await Promise.all([...environments].map((environment) => environment.close()));
    },
  };
}
