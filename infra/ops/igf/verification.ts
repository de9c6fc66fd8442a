import * as z from 'zod/mini';
import type { AnyDefinition } from '../../../lib/igf/endpoint.ts';
import { type Operation, operationName } from '../../../lib/igf/endpoint.ts';
import * as groups from '../../../lib/igf/groups.ts';
import { operations, pathParameters } from '../../../lib/igf/operations.ts';
import { pathCorrectionFaults } from '../../../lib/igf/path-correction-faults.ts';
import { answerDifferences, requestDifferences } from './compare.ts';
import { matchOperations, pathShape } from './match.ts';
import type { FileOperation } from './openapi.ts';
import { anything, type Shape, shapeOf } from './shape.ts';

export interface Verification {
  /** What differs, by the operation of the table. */
  readonly differing: readonly { readonly operation: Operation; readonly differences: readonly string[] }[];
  readonly matched: number;
  readonly missing: readonly Operation[];
  readonly unknown: readonly FileOperation[];
  /** The setting `igfPaths` that follows the file. */
  readonly corrections: Readonly<Record<string, string>>;
}

const definitions: readonly AnyDefinition[] = Object.values(groups).flatMap((group) =>
  Object.values(group).map((define: () => AnyDefinition) => define()),
);

/** Holds the table of operations and their schemas against those of an OpenAPI file. */
export function verify(file: readonly FileOperation[]): Verification {
  const { matched, missing, unknown } = matchOperations(operations, file);
  const compared = matched.map(({ operation, inFile }) => ({
    operation,
    differences: [...routeDifferences(operation, inFile), ...schemaDifferences(operation, inFile)],
  }));
  return {
    differing: compared.filter(({ differences }) => differences.length > 0),
    matched: matched.length,
    missing,
    unknown,
    corrections: correctionsOf(matched),
  };
}

const isElsewhere = (operation: Operation, inFile: FileOperation): boolean =>
  operation.method !== inFile.method || pathShape(operation) !== pathShape(inFile);

const routeDifferences = (operation: Operation, inFile: FileOperation): string[] => [
  ...(operation.method === inFile.method
    ? []
    : [`method: ${operation.method} here, ${inFile.method} in the file`]),
  ...(pathShape(operation) === pathShape(inFile)
    ? []
    : [`path: ${operation.path} here, ${inFile.path} in the file`]),
];

/** Schemas of ours as JSON schemas have no references. */
const ours = (schema: z.ZodMiniType | undefined): Shape =>
  schema
    ? shapeOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), () => undefined)
    : anything;

function schemaDifferences(operation: Operation, inFile: FileOperation): string[] {
  const definition = definitions.find((each) => each.operation.name === operation.name);
  if (!definition) return [];
  const body = ours(definition.body);
  return [
    ...parameterDifferences(operation, ours(definition.parameters), inFile),
    ...queryDifferences(ours(definition.query), inFile),
    ...(definition.body && !inFile.request ? ['request: a body here, none in the file'] : []),
    ...(!definition.body && inFile.request ? ['request: a body in the file, none here'] : []),
    ...(inFile.request ? requestDifferences({ ours: body, theirs: inFile.request, at: 'request' }) : []),
    ...(inFile.answer
      ? answerDifferences({ ours: ours(definition.answer), theirs: inFile.answer, at: 'answer' })
      : []),
  ];
}

/** Of the path: by their position, because their names are nobody's business. */
function parameterDifferences(operation: Operation, shape: Shape, inFile: FileOperation): string[] {
  const names = pathParameters(inFile.path);
  return pathParameters(operation.path).flatMap((name, at) =>
    requestDifferences({
      ours: shape.fields.get(name) ?? anything,
      theirs: inFile.parameters.get(names[at] ?? '') ?? anything,
      at: `path {${name}}`,
    }),
  );
}

/** A parameter of ours that may be left out, and that this version of the API does not know, is no difference. */
function queryDifferences(query: Shape, { query: theirs }: FileOperation): string[] {
  const fields = [...query.fields].filter(([name]) => theirs.fields.has(name) || query.required.has(name));
  const pair = { ours: { ...query, fields: new Map(fields) }, theirs, at: 'query' };
  const missing = [...theirs.fields.keys()].filter((name) => !query.fields.has(name));
  return fields.length > 0 && theirs.fields.size > 0
    ? requestDifferences(pair)
    : [
        ...missing.map((name) => `query ${name}: in the file, missing here`),
        ...fields.map(([name]) => `query ${name}: required here, not in the file`),
      ];
}

/** Only corrections that the stack would take: the parameters get the names that the table has for them. */
function correctionsOf(
  matched: readonly { operation: Operation; inFile: FileOperation }[],
): Record<string, string> {
  const wanted = matched.filter(({ operation, inFile }) => isElsewhere(operation, inFile));
  const corrections = wanted.map(({ operation, inFile }) => {
    const names = pathParameters(operation.path);
    let at = 0;
    const path = inFile.path.replaceAll(/\{[^{}]*\}/g, () => `{${names[at++] ?? '?'}}`);
    return [operation.name, operationName({ method: inFile.method, path })] as const;
  });
  const faulty = new Set(pathCorrectionFaults(Object.fromEntries(corrections)).map(({ name }) => name));
  return Object.fromEntries(corrections.filter(([name]) => !faulty.has(name)));
}
