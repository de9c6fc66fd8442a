import { requestFingerprint } from '../../../lib/returns/listing-request.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { address, openingFact, shipmentFact } from '../../support/builders.ts';
import { decideOn, listingRequestOf, readyToList } from '../../support/decisions.ts';

describe('a call that IGF refused', () => {
  function refused(overrides: Partial<NonNullable<ReturnItem['refusal']>> = {}): Partial<ReturnItem> {
    const request = requestFingerprint(listingRequestOf(decideOn(readyToList).action));
    return {
      state: 'Listing',
      why: 'IGF refused it.',
      refusal: {
        attention: 'Correct it.',
        eventId: 'event-1',
        at: '2024-03-11T11:59:30.000Z',
        request,
        reason: 'refused with 422',
        ...overrides,
      },
    };
  }

  test('is not repeated for the message that was parked because of it', () => {
    expect(decideOn(readyToList, refused())).toMatchObject({
      state: 'Listing',
      attention: 'Correct it.',
      action: { kind: 'refused', reason: 'refused with 422' },
    });
  });

  test('does not fail other messages of the order', () => {
    expect(decideOn(readyToList, refused({ eventId: 'another' }))).toMatchObject({
      state: 'Listing',
      attention: 'Correct it.',
      action: { kind: 'none' },
    });
  });

  test('is the reason again when the return has waited for something else meanwhile', () => {
    const waited: Partial<ReturnItem> = {
      ...refused({ eventId: 'another' }),
      why: 'Winkelstraat reports a status that is not in its document.',
      waits: 'status',
      unmappedTerm: { field: 'status', text: 'goedgekeurd' },
    };

    expect(decideOn(readyToList, waited)).toMatchObject({
      state: 'Listing',
      why: 'ItGoesForward refused the listing: refused with 422.',
      attention: 'Correct it.',
      waits: undefined,
      unmappedTerm: undefined,
    });
  });

  test('is repeated when its message was redriven, because that is newer than the refusal', () => {
    const attempt = { eventId: 'event-1', enqueuedAt: '2024-03-11T11:59:31.000Z' };

    expect(decideOn(readyToList, refused(), { attempt }).action.kind).toBe('list');
  });

  test('is repeated by any message when its content changed', () => {
    const corrected = [openingFact(), shipmentFact({ address: address({ city: 'Amsterdam' }) })];

    expect(decideOn(corrected, refused({ eventId: 'another' })).action.kind).toBe('list');
  });

  test('does not keep the return open when it is over', () => {
    const over = [openingFact({ status: 'denied' }), shipmentFact()];

    expect(decideOn(over, refused()).state).toBe('Closed');
    expect(decideOn(over, refused()).attention).toBeUndefined();
  });

  test('to cancel is not repeated either', () => {
    const over = [openingFact({ status: 'denied' })];
    const refusal = { eventId: 'event-1', at: '2024-03-11T11:59:30.000Z', request: 'cancel 7', reason: 'no' };
    const item = { state: 'Cancelling' as const, listingId: 7, refusal };
    const redriven = { attempt: { eventId: 'event-1', enqueuedAt: '2024-03-11T12:00:00.000Z' } };

    expect(decideOn(over, item).action).toEqual({ kind: 'refused', reason: 'no' });
    expect(decideOn(over, { ...item, refusal: { ...refusal, eventId: 'another' } }).action.kind).toBe('none');
    expect(decideOn(over, item, redriven).action).toEqual({
      kind: 'cancel',
      listingId: 7,
      checkFirst: false,
      withdraw: false,
    });
  });
});
