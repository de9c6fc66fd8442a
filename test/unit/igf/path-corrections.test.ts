import { readPathCorrections } from '../../../lib/igf/endpoint.ts';
import { pathCorrectionFaults } from '../../../lib/igf/path-correction-faults.ts';
import { failureOf, scriptedServer } from './scripted-server.ts';

const igf = scriptedServer();

const faults = (corrections: Record<string, string>) =>
  pathCorrectionFaults(corrections).map(({ name, message }) => `${name} ${message}`);

test.each([
  ['another path', { cancelListing: 'PUT /listings/{listingId}/cancel' }],
  ['another method', { setShipmentDelivered: 'POST /shipments/{shipmentId}/delivered' }],
  ['the place of an operation that is corrected too', { getInfo: 'GET /tenant', updateApiKey: 'PUT /info' }],
  ['two that change places', { findListings: 'GET /listings', availableListings: 'GET /listings/all' }],
  ['nothing', {}],
])('%s is a correction', (_what, corrections) => {
  expect(faults(corrections)).toEqual([]);
});

test.each([
  [
    { cancelListng: 'PUT /x' },
    'cancelListng must correct an operation that docs/igf.md names: did you mean cancelListing?',
  ],
  [{ toString: 'PUT /x' }, 'toString must correct an operation that docs/igf.md names'],
  [{ getInfo: '/info' }, 'getInfo must be a method, a space and a path, such as "GET /info"'],
  [{ getInfo: 'GET  /info' }, 'getInfo must be a method, a space and a path'],
  [{ getInfo: 'DELETE /info' }, 'getInfo must begin with GET'],
  [{ getInfo: 'get /about' }, 'getInfo must begin with GET'],
  [
    { cancelListing: 'GET /listings/{listingId}' },
    'cancelListing must begin with POST or PUT or PATCH or DELETE',
  ],
  [{ getInfo: 'GET info' }, 'getInfo must have a path that begins with /'],
  [{ getInfo: 'GET /info?all=1' }, 'getInfo must have a path that begins with /'],
  [{ getInfo: 'GET /../admin' }, 'getInfo must have a path that begins with /'],
  [{ getInfo: 'GET /info/{id}' }, 'getInfo must have no parameter'],
  [
    { cancelListing: 'PUT /listings/{id}/cancel' },
    'cancelListing must have the parameter {listingId} and no other',
  ],
  [
    { cancelListing: 'PUT /listings/cancel' },
    'cancelListing must have the parameter {listingId} and no other',
  ],
  [{ cancelListing: 'PUT /listings/{listingId}' }, 'cancelListing must not be the path of updateListing too'],
])('%j is a fault', (corrections, expected) => {
  const found = faults(corrections);

  expect(found).toHaveLength(1);
  expect(found[0]).toContain(expected);
  expect(found[0]).not.toContain('\n');
});

describe('a corrected operation', () => {
  const corrections = readPathCorrections('{"cancelListing": "POST /listings/{listingId}/cancel"}');

  test('goes to the corrected method and path', async () => {
    igf.answers(200, { id: 7 });

    await igf.client({ corrections }).listings.cancel(7);

    expect(igf.received).toMatchObject([{ method: 'POST', path: '/api/v1/listings/7/cancel' }]);
    expect(igf.calls).toMatchObject([{ operation: 'POST /listings/{listingId}/cancel', status: 200 }]);
  });

  test('has a confirmed path, so 404 is a permanent refusal', async () => {
    igf.answers(404, {});

    expect(await failureOf(igf.client({ corrections }).listings.cancel(7))).toMatchObject({
      name: 'IgfRejectedError',
      operation: 'POST /listings/{listingId}/cancel',
    });
  });

  test('does not change other operations', async () => {
    igf.answers(404, {});

    expect(await failureOf(igf.client({ corrections }).listings.get(7))).toMatchObject({
      name: 'IgfPathError',
    });
  });
});
