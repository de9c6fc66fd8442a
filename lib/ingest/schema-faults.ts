import type * as z from 'zod/mini';
import { mostFaults } from '../config/limits.ts';
import type { Fault } from '../webhooks/json-limits.ts';

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => Object(inner)[key], value);

function explain(issue: z.core.$ZodIssue, body: unknown): string {
  if (at(body, issue.path) === undefined) return 'is required';
  switch (issue.code) {
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'array' ? `must have at least ${issue.minimum} item(s)` : issue.message;
    case 'invalid_type':
      return issue.message === 'Invalid input' ? `must be of type ${issue.expected}` : issue.message;
    default:
      return issue.message;
  }
}

/** The faults that a schema found in a body, in words for its sender. They never quote a value: it is personal data. */
export function faultsOf({ issues }: { issues: readonly z.core.$ZodIssue[] }, body: unknown): Fault[] {
  const faults = issues
    .slice(0, mostFaults)
    .map((issue) => ({ path: issue.path.map(String).join('.'), message: explain(issue, body) }));
  return issues.length > mostFaults ? [...faults, { path: '', message: 'has more faults' }] : faults;
}
