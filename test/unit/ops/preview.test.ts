import { formatSteps } from '../../../infra/ops/preview/format-preview.ts';
import { type RecordedCall, recordingIgf, redactBody } from '../../../infra/ops/preview/recording-igf.ts';

import type { ListingRequest } from '../../../lib/igf/api/listings.ts';
import { readPathCorrections } from '../../../lib/igf/endpoint.ts';
import { IgfRequestError, IgfUnavailableError } from '../../../lib/igf/errors.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { ofReturn } from '../../support/builders.ts';

const item: ReturnItem = {
  ...ofReturn,
  family: 'stock-hub',
  rev: 3,
  state: 'Listing',
  why: 'It is being listed.',
};
const request: ListingRequest = {
  sku: 'sku-90',
  productId: '381189',
  listingWebshopOrderId: '000000549',
  returnReason: 'too_small',
  returnReasonComment: 'Jan zegt: te krap [000000093/90]',
  originalPrice: 270,
  quantity: 1,
  maxQuantity: 2,
  customer: {
    email: 'jan@example.com',
    firstName: 'Jan',
    lastName: 'Jansen',
    language: 'nl',
    address: { street: 'Dijk', houseNr: '1', city: 'Delft', postalCode: '1234AB', country: 'NL' },
  },
};

function recording(corrections = {}) {
  const calls: RecordedCall[] = [];
  return { calls, igf: recordingIgf(corrections, (call) => calls.push(call)) };
}
const now = Date.parse('2026-03-20T00:00:00.000Z');
const steps = (calls: readonly RecordedCall[], after: ReturnItem = item): string[] =>
  formatSteps({ before: item, after, calls, now });

describe('the recording IGF', () => {
  test('records a call that changes something, without personal data, and does not send it', async () => {
    const { calls, igf } = recording();
    await expect(igf.listings.create(request)).rejects.toThrow(IgfUnavailableError);
    await expect(igf.listings.create(request)).rejects.toMatchObject({ effect: 'not-done' });
    expect(steps(calls)[0]).toBe(
      'POST /listings {"sku":"sku-90","productId":"381189","listingWebshopOrderId":"000000549","returnReason":"too_small",' +
        '"returnReasonComment":"… [000000093/90]","originalPrice":270,"quantity":1,"maxQuantity":2,"customer":"…"}',
    );
  });

  test('answers the read of a list with an empty one, and does not answer another read', async () => {
    const { calls, igf } = recording();
    expect(await igf.orders.ofListing(7)).toEqual([]);
    await expect(igf.listings.get(7)).rejects.toMatchObject({ effect: 'not-done' });
    expect(steps(calls)).toEqual(['GET /orders?listingId=7', 'then, after an empty answer: GET /listings/7']);
  });

  test('follows the path corrections of the stage', async () => {
    const corrections = readPathCorrections('{"setShipmentDelivered": "POST /shipment/{shipmentId}/done"}');
    const { calls, igf } = recording(corrections);
    await expect(igf.shipments.setDelivered(9)).rejects.toThrow(IgfUnavailableError);
    expect(steps(calls)).toEqual(['POST /shipment/9/done']);
  });

  test('refuses a call that does not fit its schema, as the client does, and names no value', async () => {
    const { calls, igf } = recording();
    await expect(igf.listings.create({ ...request, originalPrice: Number.NaN })).rejects.toThrow(
      IgfRequestError,
    );
    expect(steps(calls)[0]).toMatch(/\(not sent, and parked again: POST \/listings: .* at originalPrice\)$/);
  });
});

describe('a return without a call', () => {
  test('stays in its state, or becomes another, with the reason', () => {
    expect(steps([])).toEqual(['no call, stays Listing: It is being listed.']);
    expect(steps([], { ...item, state: 'Closed', why: 'The return is over.' })).toEqual([
      'no call, becomes Closed: The return is over.',
    ]);
  });

  test('shows its attention', () => {
    expect(steps([], { ...item, attention: 'Look at it.' })).toContain('attention: Look at it.');
  });

  test('waits for the end of an earlier call', () => {
    const until = '2026-03-20T00:05:00.000Z';
    const pendingCall = { operation: 'list', request: '', token: 't', until } as const;
    expect(steps([], { ...item, pendingCall })).toEqual([
      'no call before 2026-03-20 00:05:00Z: an earlier call to ItGoesForward is still open',
    ]);
  });
});

test.each([
  ['unknown fields', { phone: '06', name: 'Jan' }, { phone: '…', name: '…' }],
  [
    'the customer’s own words',
    { returnReasonComment: 'Jan [x] zegt [1/2]' },
    { returnReasonComment: '… [1/2]' },
  ],
  ['a comment without a mark', { returnReasonComment: 'Jan' }, { returnReasonComment: '…' }],
  ['no body', null, null],
])('%s: personal data is removed from a body', (_what, body, redacted) => {
  expect(redactBody(body)).toEqual(redacted);
});
