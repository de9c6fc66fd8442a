import { IgfRequestError } from '../../../lib/igf/errors.ts';
import { openingFact, shipmentFact } from '../../support/builders.ts';
import { fails } from '../../support/doubles/igf-replies.ts';
import { logged, workplace } from './workplace.ts';

logged();

test('a listing request that does not fit IGF’s schema is parked at once without a call', async () => {
  const { work, igf, item } = workplace({ facts: [openingFact(), shipmentFact()] });
  igf.next('listings.create', fails(new IgfRequestError('POST /listings', ['customer.email'])));

  const outcome = await work();

  expect(outcome).toMatchObject({
    kind: 'permanent-failure',
    reason: expect.stringContaining('customer.email'),
  });
  expect(igf.called('listings')).toEqual(['create']);
  expect(item()).toMatchObject({
    state: 'Listing',
    attention: expect.stringContaining('customer.email'),
    refusal: { eventId: 'event-1' },
  });
  expect(item()).not.toHaveProperty('pendingCall');
});
