import * as z from 'zod/mini';
import { readOpenApi } from '../../../infra/ops/igf/openapi.ts';
import { verify } from '../../../infra/ops/igf/verification.ts';
import type { AnyDefinition } from '../../../lib/igf/endpoint.ts';
import * as groups from '../../../lib/igf/groups.ts';
import { operations } from '../../../lib/igf/operations.ts';
import { type OpenApiFile, openApiFile, operationsInFile } from './openapi-file.ts';

const verification = (change?: (file: OpenApiFile) => void) =>
  verify(readOpenApi(openApiFile(change), 'openapi.json'));

const differences = (change: (file: OpenApiFile) => void) =>
  Object.fromEntries(
    verification(change).differing.map(({ operation, differences }) => [operation.name, differences]),
  );

/** Puts an operation of the file elsewhere. */
const move = (from: [string, string], to: [string, string]) => (file: OpenApiFile) => {
  const operation = file.paths[from[0]][from[1]];
  delete file.paths[from[0]][from[1]];
  file.paths[to[0]] = { ...file.paths[to[0]], [to[1]]: operation };
};

test('a file that says what the document says differs in nothing', () => {
  const { differing, matched, unknown, missing, corrections } = verification();

  expect(differing).toEqual([]);
  expect(unknown).toEqual([]);
  expect(corrections).toEqual({});
  expect(matched).toBe(operationsInFile);
  expect(missing).toHaveLength(operations.length - operationsInFile);
});

test('the client’s own schemas, as a file, differ in nothing for any operation', () => {
  const schemaOf = (schema: z.ZodMiniType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const content = (schema: z.ZodMiniType) => ({
    content: { 'application/json': { schema: schemaOf(schema) } },
  });
  const paths: Record<string, Record<string, object>> = {};
  for (const define of Object.values(groups).flatMap((group): (() => AnyDefinition)[] =>
    Object.values(group),
  )) {
    const { operation, parameters, query, body, answer } = define();
    const named = (schema: z.ZodMiniType | undefined, place: string) =>
      Object.entries(Object(schema && schemaOf(schema)).properties ?? {}).map(([name, inner]) => ({
        name,
        in: place,
        schema: inner,
        required: place === 'query' && operation.name === 'listingsByProducts',
      }));
    paths[operation.path] ??= {};
    Object(paths[operation.path])[operation.method.toLowerCase()] ??= {
      summary: operation.title,
      parameters: [...named(parameters, 'path'), ...named(query, 'query')],
      ...(body && { requestBody: content(body) }),
      responses: { 200: content(answer) },
    };
  }

  expect(verify(readOpenApi(JSON.stringify({ openapi: '3.1.0', paths }), 'openapi.json'))).toEqual({
    differing: [],
    matched: 64,
    missing: [],
    unknown: [],
    corrections: {},
  });
});

test('an operation that only the file has is named', () => {
  const { unknown } = verification((file) => {
    file.paths['/listings/reserve'] = { post: { summary: 'Reserve a listing' } };
  });

  expect(unknown).toMatchObject([{ method: 'POST', path: '/listings/reserve', title: 'Reserve a listing' }]);
});

test('another path is found by the title of its operation, and a correction for it is offered', () => {
  const elsewhere = move(['/listings/cancel/{listingId}', 'put'], ['/listings/{id}/cancel', 'put']);

  expect(differences(elsewhere)).toEqual({
    cancelListing: ['path: /listings/cancel/{listingId} here, /listings/{id}/cancel in the file'],
  });
  expect(verification(elsewhere).corrections).toEqual({ cancelListing: 'PUT /listings/{listingId}/cancel' });
});

test('another method is found, by title or by path', () => {
  const path = '/shipments/{shipmentId}/feedback';

  for (const title of ['Set feedback for a shipment', 'Rate it']) {
    expect(
      differences((file) => {
        move([path, 'put'], [path, 'post'])(file);
        file.paths[path].post.summary = title;
      }),
    ).toEqual({ setShipmentFeedback: ['method: PUT here, POST in the file'] });
  }
});

test('another name of a path parameter is no difference, nor is the version in each path', () => {
  const renamed = move(['/listings/cancel/{listingId}', 'put'], ['/listings/cancel/{theListing}', 'put']);

  expect(differences(renamed)).toEqual({});
  expect(
    differences((file) => {
      delete file.servers;
      file.paths = Object.fromEntries(
        Object.entries(file.paths).map(([path, item]) => [`/api/v1${path}/`, item]),
      );
    }),
  ).toEqual({});
});

const properties = (file: OpenApiFile, name: string) => file.components.schemas[name].properties;

test.each<[string, (file: OpenApiFile) => void, Record<string, string[]>]>([
  [
    'a field that the file requires and the request has not',
    (file) => {
      properties(file, 'ListingRequest').condition = { type: 'string' };
      file.components.schemas.ListingRequest.required.push('condition');
    },
    { createListing: ['request condition: required in the file, missing here'] },
  ],
  [
    'a field, behind two references, that the file does not know',
    (file) => {
      properties(file, 'Address').houseNumber = properties(file, 'Address').houseNr;
      delete properties(file, 'Address').houseNr;
    },
    {
      createListing: [
        'request customer.address.houseNumber: in the file, missing here',
        'request customer.address.houseNr: here, not in the file',
      ],
    },
  ],
  [
    'a field that only one of the two requires',
    (file) => {
      file.components.schemas.ListingRequest.required = ['sku', 'returnReasonComment'].concat(
        file.components.schemas.ListingRequest.required.filter((name: string) => name !== 'productId'),
      );
    },
    {
      createListing: [
        'request productId: required here, optional in the file',
        'request returnReasonComment: required in the file, optional here',
      ],
    },
  ],
  [
    'values of a list',
    (file) => {
      const { cancelReason } =
        file.paths['/listings/cancel/{listingId}'].put.requestBody.content['application/json'].schema
          .properties;
      cancelReason.enum = [...cancelReason.enum.slice(1), 'LOST'];
    },
    {
      cancelListing: [
        'request cancelReason: value "NOT_DELIVERED_BY_CARRIER" is not in the file',
        'request cancelReason: value "LOST" of the file is missing here',
      ],
    },
  ],
  [
    'a type',
    (file) => {
      properties(file, 'ListingRequest').originalPrice = { type: 'integer' };
      properties(file, 'ListingRequest').productId = { type: 'integer' };
    },
    {
      createListing: [
        'request productId: type string here, integer in the file',
        'request originalPrice: type number here, integer in the file',
      ],
    },
  ],
  [
    'what may be null',
    (file) => {
      const update = file.paths['/listings/{id}'].put.requestBody.content['application/json'].schema;
      delete update.properties.discountValue.nullable;
    },
    { updateListing: ['request discountValue: may be null here, not in the file'] },
  ],
  [
    'the type of a path parameter',
    (file) => {
      file.paths['/listings/{id}'].parameters[0].schema.type = 'string';
    },
    { updateListing: ['path {id}: type integer here, string in the file'] },
  ],
  [
    'a query parameter',
    (file) => {
      file.paths['/listings/all'].get.parameters[1].name = 'webshopOrderId';
      file.paths['/listings/all'].get.parameters.push({
        name: 'page',
        in: 'query',
        required: true,
        schema: { type: 'integer' },
      });
    },
    {
      findListings: [
        'query webshopOrderId: in the file, missing here',
        'query page: required in the file, missing here',
      ],
    },
  ],
  [
    'a body that the file does not take',
    (file) => {
      delete file.paths['/shipments/{shipmentId}/feedback'].put.requestBody;
    },
    { setShipmentFeedback: ['request: a body here, none in the file'] },
  ],
  [
    'what an answer holds, in one place for each operation that answers it',
    (file) => {
      const shipment = properties(file, 'Shipment');
      shipment.trackNumber = { type: 'string' };
      delete shipment.labelType;
      shipment.warehouseId = { type: 'boolean' };
      shipment.status.enum.push('Lost - when nobody knows');
    },
    {
      setShipmentFeedback: [
        'answer trackNumber: in the file, not known here',
        'answer labelType: known here, not in the file',
        'answer status: value "Lost" of the file is missing here',
        'answer warehouseId: type integer or string here, boolean in the file',
      ],
    },
  ],
  [
    'an id that an answer need not have',
    (file) => {
      file.components.schemas.Listing.required = ['sku'];
    },
    {
      createListing: ['answer id: required here, optional in the file'],
      findListings: ['answer[] id: required here, optional in the file'],
      updateListing: ['answer id: required here, optional in the file'],
      cancelListing: ['answer id: required here, optional in the file'],
    },
  ],
])('it finds %s', (_what, change, expected) => {
  expect(differences(change)).toEqual(expected);
});

test('the order’s customer is found under the key that the vendor’s document writes', () => {
  const found = differences((file) => {
    file.paths['/orders'] = {
      post: {
        summary: 'Creates an order, when a customer buys a listed return',
        requestBody: {
          content: {
            '*/*': {
              schema: {
                type: 'object',
                required: ['listingId', 'Customer'],
                properties: {
                  listingId: { type: 'integer' },
                  webshopOrderId: { type: 'string' },
                  webshopOrderItemId: { type: 'string' },
                  carrierName: { type: 'string', enum: ['PostNL', 'DHL_eCommerce_Benelux', 'TestCarrier'] },
                  Customer: { type: 'object' },
                },
              },
            },
          },
        },
      },
    };
  });

  expect(found).toEqual({
    createOrder: [
      'request Customer: required in the file, missing here',
      'request customer: required here, not in the file',
    ],
  });
});

test('a schema that contains itself ends', () => {
  expect(
    differences((file) => {
      properties(file, 'Listing').sender = { $ref: '#/components/schemas/Listing' };
    }),
  ).toHaveProperty('createListing');
});

test.each([
  ['no JSON', 'openapi: 3.0.0', 'openapi.json is not JSON'],
  ['no OpenAPI', '{}', 'openapi.json is not an OpenAPI 3 file: openapi, paths'],
  ['another version of OpenAPI', '{"openapi": "2.0", "paths": {}}', 'is not an OpenAPI 3 file: openapi is'],
  [
    'a reference to nothing',
    openApiFile((file) => {
      delete file.components.schemas.Address;
    }),
    'has no #/components/schemas/Address',
  ],
])('%s is answered in one line', (_what, text, message) => {
  expect(() => readOpenApi(text, 'openapi.json')).toThrow(message);
});
