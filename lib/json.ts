import type * as z from 'zod/mini';

/** Deeper JSON than this is refused: no document of either vendor nests further than six levels. */
export const deepestJson = 32;

/** Why a parsed body is not acceptable JSON, or `undefined` when it is. Walks without recursion: depth is untrusted. */
export function jsonFault(value: unknown): { path: string; message: string } | undefined {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value === 'number' && !Number.isFinite(next.value)) {
      return { path: '', message: 'holds a number that is out of range' };
    }
    if (typeof next.value !== 'object' || next.value === null) continue;
    const depth = next.depth + 1;
    if (depth > deepestJson) return { path: '', message: `is nested deeper than ${deepestJson} levels` };
    for (const child of Object.values(next.value)) open.push({ value: child, depth });
  }
  return undefined;
}

/** One fault of a body, without the value that has it. */
export interface Fault {
  /** Dotted path such as `items.0.sku`; empty for the body as a whole. */
  path: string;
  message: string;
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );

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

/** Nobody reads more, and a body of 256 KiB may have a hundred thousand: neither an answer nor a table item holds them. */
export const mostFaults = 100;

/** What a schema found wrong with a body, in words for its sender. Values are never repeated: they are personal data. */
export function faultsOf({ issues }: z.core.$ZodError, body: unknown): Fault[] {
  const faults = issues
    .slice(0, mostFaults)
    .map((issue) => ({ path: issue.path.map(String).join('.'), message: explain(issue, body) }));
  const more = issues.length - faults.length;
  return more > 0 ? [...faults, { path: '', message: `has ${more} more fault(s)` }] : faults;
}
