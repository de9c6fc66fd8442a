import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Where a stack's own metrics stand in CloudWatch: stages of one account are told apart by it. */
export const metricNamespaceOf = (within: Construct): string => Stack.of(within).stackName;
