import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareOperations, readOpenApi } from '../../../infra/ops/igf/openapi.ts';
import { operations } from '../../../lib/igf/operations.ts';
import { runOps } from '../../support/ops.ts';

type Paths = Record<string, Record<string, { summary: string }>>;
interface OpenApiFile {
  openapi: string;
  servers?: { url: string }[];
  paths: Paths;
}

/** Some operations of the vendor document, as an OpenAPI file has them. */
const paths: Paths = {
  '/listings': { post: { summary: 'Create a new listing' } },
  '/listings/all': { get: { summary: 'Get all listings that have ever been listed.' } },
  '/listings/{id}': { put: { summary: 'Update a specific listing.' } },
  '/listings/cancel/{listingId}': { put: { summary: 'Cancel a listing with the given Id' } },
  '/shipments/{shipmentId}/feedback': { put: { summary: 'Set feedback for a shipment' } },
  '/warehouse/{id}': { delete: { summary: 'Delete warehouse' } },
};
const operationsInFile = Object.keys(paths).length;

/** The text of an OpenAPI file that agrees with our table; `change` seeds a difference. */
function openApiText(change: (file: OpenApiFile) => void = () => undefined): string {
  const file: OpenApiFile = {
    openapi: '3.0.0',
    servers: [{ url: 'https://api.itgoesforward.com/api/v1/' }],
    paths: structuredClone(paths),
  };
  change(file);
  return JSON.stringify(file);
}

const compare = (change?: (file: OpenApiFile) => void) =>
  compareOperations(readOpenApi(openApiText(change), 'openapi.json'));

const differences = (change: (file: OpenApiFile) => void) =>
  compare(change).differing.map(({ operation, inFile }) => [operation.name, inFile.method, inFile.path]);

/** Moves an operation of the file to another path or method. */
const move =
  (from: [path: string, method: string], to: [path: string, method: string], title?: string) =>
  ({ paths }: OpenApiFile): void => {
    const operation = paths[from[0]]?.[from[1]];
    if (!operation) throw new Error(`The file has no ${from.join(' ')}.`);
    delete paths[from[0]]?.[from[1]];
    paths[to[0]] = { ...paths[to[0]], [to[1]]: title === undefined ? operation : { summary: title } };
  };

test('a file that agrees with the document has no differences', () => {
  const { differing, matched, unknown, missing, corrections } = compare();

  expect({ differing, unknown, corrections }).toEqual({ differing: [], unknown: [], corrections: {} });
  expect(matched).toBe(operationsInFile);
  expect(missing).toHaveLength(operations.length - operationsInFile);
});

test('our own table, as a file, has no differences', () => {
  const own: Paths = {};
  for (const { path, method, title } of operations) {
    own[path] = { ...own[path], [method.toLowerCase()]: { summary: title } };
  }

  expect(compareOperations(readOpenApi(JSON.stringify({ openapi: '3.1.0', paths: own }), 'f'))).toEqual({
    differing: [],
    matched: 64,
    missing: [],
    unknown: [],
    corrections: {},
  });
});

test('an operation that only the file has is named', () => {
  const { unknown } = compare((file) => {
    file.paths['/listings/reserve'] = { post: { summary: 'Reserve a listing' } };
  });

  expect(unknown).toEqual([{ method: 'POST', path: '/listings/reserve', title: 'Reserve a listing' }]);
});

test('another path is found by the title of its operation, and a correction for it is offered', () => {
  const elsewhere = move(['/listings/cancel/{listingId}', 'put'], ['/listings/{id}/cancel', 'put']);

  expect(differences(elsewhere)).toEqual([['cancelListing', 'PUT', '/listings/{id}/cancel']]);
  expect(compare(elsewhere).corrections).toEqual({ cancelListing: 'PUT /listings/{listingId}/cancel' });
});

test('another method is found, by title or by path', () => {
  const path = '/shipments/{shipmentId}/feedback';

  for (const title of ['Set feedback for a shipment', 'Rate it']) {
    expect(differences(move([path, 'put'], [path, 'post'], title))).toEqual([
      ['setShipmentFeedback', 'POST', path],
    ]);
  }
});

test('another name of a path parameter is no difference, nor is the version in each path', () => {
  expect(
    differences(move(['/listings/cancel/{listingId}', 'put'], ['/listings/cancel/{theListing}', 'put'])),
  ).toEqual([]);
  expect(
    differences((file) => {
      delete file.servers;
      file.paths = Object.fromEntries(
        Object.entries(file.paths).map(([path, item]) => [`/api/v1${path}/`, item]),
      );
    }),
  ).toEqual([]);
});

test.each([
  ['no JSON', 'openapi: 3.0.0', 'openapi.json is not JSON'],
  ['no OpenAPI', '{}', 'openapi.json is not an OpenAPI 3 file: openapi, paths'],
  ['another version', '{"openapi":"2.0","paths":{}}', 'openapi.json is not an OpenAPI 3 file: openapi'],
])('%s is refused in one line', (_what, text, message) => {
  expect(() => readOpenApi(text, 'openapi.json')).toThrow(message);
});

describe('bridge igf verify', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'igf-verify-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('prints the differences, the missing operations and the setting that follows the file', async () => {
    const file = join(folder, 'openapi.json');
    const elsewhere = move(['/listings/cancel/{listingId}', 'put'], ['/listings/{id}/cancel', 'put']);
    writeFileSync(file, openApiText(elsewhere));

    const { code, lines } = await runOps('igf', 'verify', file);

    expect(code).toBe(1);
    expect(lines).toEqual(
      expect.arrayContaining([
        '11. cancelListing: PUT /listings/cancel/{listingId} here (inferred), PUT /listings/{id}/cancel in the file',
        '29. setShipmentDelivered: PUT /shipments/{shipmentId}/delivered is not in the file',
        '6 operations compared, 1 differ; 58 are only in our table, 0 only in the file.',
        '  "igfPaths": {"cancelListing":"PUT /listings/{listingId}/cancel"}',
      ]),
    );
  });

  test('reports a missing file in one line', async () => {
    const file = join(folder, 'nothing.json');
    expect(await runOps('igf', 'verify', file)).toMatchObject({
      code: 1,
      complaints: [`There is no file ${file}.`],
    });
  });
});
