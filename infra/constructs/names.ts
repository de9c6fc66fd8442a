import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** `stock-hub/v1/rma` → `StockHubV1Rma`. CloudFormation accepts it in an id, and a person recognises it. */
export const pascalCase = (name: string): string =>
  name
    .split(/[^a-z0-9]+/i)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** The CloudWatch namespace of the stack's own metrics. It contains the stage, so that stages of one account stay apart. */
export const metricNamespaceOf = (within: Construct): string => Stack.of(within).stackName;
