import type * as z from 'zod/mini';

/** Deeper JSON than this is refused: no document of either vendor nests further than six levels. */
export const deepestJson = 32;

/** Keys that change an object's prototype wherever somebody copies the object field by field. */
function changesPrototype(value: object): boolean {
  if (Object.hasOwn(value, '__proto__')) return true;
  const made: unknown = Object.hasOwn(value, 'constructor') ? value.constructor : undefined;
  return typeof made === 'object' && made !== null && Object.hasOwn(made, 'prototype');
}

/**
 * Why a parsed body is not acceptable JSON, or `undefined` when it is. Walks without recursion, because depth is
 * untrusted, and without a reviver, which takes longer than everything else that is done with a large body.
 */
export function jsonFault(value: unknown): Fault | undefined {
  const open: { value: unknown; depth: number }[] = [{ value: [value], depth: -1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const depth = next.depth + 1;
    for (const child of Object.values(next.value as object)) {
      if (typeof child === 'number' && !Number.isFinite(child)) {
        return { path: '', message: 'holds a number that is out of range' };
      }
      if (typeof child !== 'object' || child === null) continue;
      if (depth >= deepestJson) return { path: '', message: `is nested deeper than ${deepestJson} levels` };
      if (changesPrototype(child)) return { path: '', message: 'has a forbidden key' };
      open.push({ value: child, depth });
    }
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
  return issues.length > mostFaults ? [...faults, { path: '', message: 'has more faults' }] : faults;
}
