import type { AnyDefinition } from '../../../lib/igf/endpoint.ts';
import * as groups from '../../../lib/igf/groups.ts';
import { operationName, pathParameters } from '../../../lib/igf/operation.ts';
import * as table from '../../../lib/igf/operations.ts';

const operations = Object.entries(table);
const definitions = Object.entries(groups).flatMap(([group, endpoints]) =>
  Object.entries(endpoints).map(([name, define]: [string, () => AnyDefinition]) => ({
    group,
    method: `${group}.${name}`,
    ...define(),
  })),
);

test('the table has each number from 1 to 64 once, in order', () => {
  const numbers = operations.map(([, { number }]) => number).sort((one, other) => one - other);

  expect(numbers).toEqual(Array.from({ length: 64 }, (_, index) => index + 1));
});

test.each(operations)('%s is named as it is exported', (exported, { name }) => {
  expect(name).toBe(exported);
});

test('no two operations have the same method and path, whatever their parameters are called', () => {
  const routes = operations.map(([, operation]) => operationName(operation).replaceAll(/\{\w+\}/g, '{}'));

  expect(new Set(routes).size).toBe(routes.length);
});

test('every operation is a method of its group', () => {
  const reached = definitions.map(({ operation, group }) => `${group} ${operation.name}`);

  expect(operations.filter(([name, { group }]) => !reached.includes(`${group} ${name}`))).toEqual([]);
});

test.each(definitions.map((definition) => [definition.method, definition] as const))(
  '%s has a schema for exactly the parameters of its path',
  (_method, { operation, parameters }) => {
    const shape: object = Object(parameters).shape ?? {};

    expect(Object.keys(shape).sort()).toEqual(pathParameters(operation.path).sort());
  },
);
