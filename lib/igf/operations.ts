import type { AnyEndpoint, Operation } from './endpoint.ts';
import * as groups from './groups.ts';

/** An operation with its place in the client. */
export interface ListedOperation extends Operation {
  /** The group's name, such as `orders`. */
  readonly group: string;
  /** The methods that call it, such as `orders.confirm` and `orders.reject`. */
  readonly methods: readonly string[];
}

const endpoints = Object.entries(groups).flatMap(([group, members]) =>
  Object.entries(members).map(([name, define]: [string, AnyEndpoint]) => ({
    group,
    method: `${group}.${name}`,
    operation: define().operation,
  })),
);

/** Every operation of the vendor document (0.34.0), in its order. `docs/igf.md` is made of it. */
export const operations: readonly ListedOperation[] = [
  ...new Map(endpoints.map((endpoint) => [endpoint.operation.name, endpoint])).values(),
]
  .map(({ operation, group }) => ({
    ...operation,
    group,
    methods: endpoints
      .filter((endpoint) => endpoint.operation.name === operation.name)
      .map(({ method }) => method)
      .sort(),
  }))
  .sort((one, other) => one.number - other.number);

/** The names in a path's braces, in order. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
