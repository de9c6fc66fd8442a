import { type AnyEndpoint, operationName } from '../../../lib/igf/endpoint.ts';
import { groups, operations, pathParameters } from '../../../lib/igf/operations.ts';

const definitions = Object.entries(groups).flatMap(([group, endpoints]) =>
  Object.entries(endpoints).map(([name, define]: [string, () => AnyEndpoint]) => ({
    group,
    method: `${group}.${name}`,
    ...define(),
  })),
);

test('each number of the document, from 1 to 64, has one operation', () => {
  const numbers = operations.map(({ number }) => number);

  expect(numbers).toEqual(Array.from({ length: 64 }, (_, index) => index + 1));
});

test('each name belongs to one operation of one group', () => {
  for (const { operation, group } of definitions) {
    expect(operations.filter(({ name }) => name === operation.name)).toEqual([
      expect.objectContaining({ ...operation, group }),
    ]);
  }
});

test('no two operations have the same method and path, also when their parameters have other names', () => {
  const routes = operations.map((operation) => operationName(operation).replaceAll(/\{\w+\}/g, '{}'));

  expect(new Set(routes).size).toBe(routes.length);
});

test.each(definitions.map((definition) => [definition.method, definition] as const))(
  '%s has a schema for exactly the parameters of its path',
  (_method, { operation, parameters }) => {
    const shape: object = Object(parameters).shape ?? {};

    expect(Object.keys(shape).sort()).toEqual(pathParameters(operation.path).sort());
  },
);
