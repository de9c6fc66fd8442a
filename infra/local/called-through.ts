import type { Addresses } from './identities.ts';
import type { StackParts } from './stack-parts.ts';

/**
 * The stack with other addresses in everything that its functions call. What stands at these addresses sees every call, and
 * may disturb it.
 */
export function calledThrough(stack: StackParts, from: Addresses, to: Addresses): StackParts {
  const through = (value: string): string =>
    value.replaceAll(from.sqs, to.sqs).replaceAll(from.igf, to.igf).replaceAll(from.dynamodb, to.dynamodb);
  return {
    ...stack,
    functions: stack.functions.map((part) => ({
      ...part,
      environment: Object.fromEntries(
        Object.entries(part.environment).map(([name, value]) => [name, through(value)]),
      ),
    })),
  };
}
