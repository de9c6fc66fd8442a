import fc from 'fast-check';
import { findListing } from '../../../lib/actions/list-once.ts';
import type { IgfListing } from '../../../lib/igf/api/answers.ts';
import { IgfContractError, IgfPathError, IgfRejectedError } from '../../../lib/igf/errors.ts';
import { openingFact, situation } from '../../support/builders.ts';
import { FakeIgf, listing } from '../../support/doubles/fake-igf.ts';
import { pathInDoubt, refuses, turnedAway, unanswered } from '../../support/doubles/igf-replies.ts';

const { item } = situation([openingFact()], {
  listedAs: { webshopOrderId: 'PO-1', sku: 'sku-90', email: 'Jan.Jansen@example.com' },
});
const among = (...listings: IgfListing[]) =>
  findListing(
    new FakeIgf().next('listings.ofWebshopOrder', async () => listings),
    item,
  );

describe('the listing of a return', () => {
  test('is looked up by the order of its listing call', async () => {
    const igf = new FakeIgf().next('listings.ofWebshopOrder', () => [listing()]);

    await expect(findListing(igf, item)).resolves.toMatchObject({ id: 7 });
    expect(igf.callsOf('listings.')).toEqual([['listings.ofWebshopOrder', 'PO-1']]);
  });

  test.each([
    ['the mark alone', {}],
    ['a text before it', { returnReasonComment: 'Te klein [000000093/90]' }],
    ['white space after it', { returnReasonComment: '[000000093/90] \n' }],
    ['no sku', { sku: null }],
    ['no sender', { sender: null }],
    ['a sender without email', { sender: { email: null } }],
    ['the email in other case', { sender: { email: 'JAN.JANSEN@example.com' } }],
  ])('may have %s', async (_what, overrides) => {
    await expect(among(listing(overrides))).resolves.toMatchObject({ id: 7 });
  });

  test.each([
    ['another RMA', { returnReasonComment: '[000000094/90]' }],
    ['another item', { returnReasonComment: '[000000093/91]' }],
    ['an item whose number ends like its own', { returnReasonComment: '[000000093/190]' }],
    ['a mark that is not at the end', { returnReasonComment: '[000000093/90] [000000094/90]' }],
    ['no comment', { returnReasonComment: null }],
    ['another sku', { sku: 'sku-91' }],
    ['another customer', { sender: { email: 'els@example.com' } }],
  ])('is never one of %s', async (_what, overrides) => {
    await expect(among(listing(overrides))).resolves.toBeUndefined();
  });

  test('is found among listings of other returns', async () => {
    const others = [listing({ id: 5, sku: 'sku-91' }), listing({ id: 6, returnReasonComment: '[1/1]' })];

    await expect(among(...others, listing({ id: 9 }))).resolves.toMatchObject({ id: 9 });
  });

  test('is the first of two, so that all workers take the same', async () => {
    await expect(among(listing({ id: 12 }), listing({ id: 9 }))).resolves.toMatchObject({ id: 9 });
    await expect(among(listing({ id: 9 }), listing({ id: 12 }))).resolves.toMatchObject({ id: 9 });
  });

  test('does not exist before the first listing call', async () => {
    const { listedAs, ...never } = item;

    await expect(findListing(new FakeIgf(), never)).resolves.toBeUndefined();
  });

  test.each(['PO 2024/7+A', 'Köln-7', '#12'])(
    'is looked for among those of the sku too, because a query must encode the order number %s',
    async (webshopOrderId) => {
      const encoded = {
        ...item,
        listedAs: { webshopOrderId, sku: 'sku-90', email: 'jan.jansen@example.com' },
      };
      const igf = new FakeIgf()
        .next('listings.ofWebshopOrder', async () => [])
        .next('listings.ofSku', async () => [
          listing({ id: 6, returnReasonComment: '[1/1]' }),
          listing({ id: 9 }),
        ]);

      await expect(findListing(igf, encoded)).resolves.toMatchObject({ id: 9 });

      igf.next('listings.ofWebshopOrder', async () => []).next('listings.ofSku', async () => []);
      await expect(findListing(igf, encoded)).resolves.toBeUndefined();

      igf.next('listings.ofWebshopOrder', async () => []).next('listings.ofSku', unanswered);
      await expect(findListing(igf, encoded)).rejects.toMatchObject({ name: 'IgfUnavailableError' });
    },
  );

  test('is not looked for among those of the sku when the order has it, or its number is plain', async () => {
    const encoded = {
      ...item,
      listedAs: { webshopOrderId: 'PO 7', sku: 'sku-90', email: 'jan.jansen@example.com' },
    };
    const igf = new FakeIgf()
      .next('listings.ofWebshopOrder', async () => [listing()])
      .next('listings.ofWebshopOrder', async () => []);

    await expect(findListing(igf, encoded)).resolves.toMatchObject({ id: 7 });
    await expect(findListing(igf, item)).resolves.toBeUndefined();
    expect(igf.called('listings')).toEqual(['ofWebshopOrder', 'ofWebshopOrder']);
  });

  test('always has the mark of the return', async () => {
    const id = fc.stringMatching(/^[0-9A-Z]{1,4}$/);
    await fc.assert(
      fc.asyncProperty(id, id, id, id, async (rmaId, itemId, otherRma, otherItem) => {
        const found = await findListing(
          new FakeIgf().next('listings.ofWebshopOrder', async () => [
            listing({ returnReasonComment: `[${otherRma}/${otherItem}]` }),
          ]),
          { ...item, rmaId, itemId },
        );
        expect(found !== undefined).toBe(rmaId === otherRma && itemId === otherItem);
      }),
    );
  });
});

describe('when the listings of the order are not answered as expected', () => {
  test.each([
    ['the path may be wrong', new IgfPathError('GET /listings/all', 404)],
    ['the answer is something else', new IgfContractError('GET /listings/all', 'id')],
    ['the call is refused', new IgfRejectedError('GET /listings/all', 400, undefined)],
  ])('because %s, the listings of the sku are read', async (_why, error) => {
    const igf = new FakeIgf()
      .next('listings.ofWebshopOrder', async () => {
        throw error;
      })
      .next('listings.ofSku', async () => [
        listing({ id: 6, sender: { email: 'els@example.com' } }),
        listing({ id: 9 }),
      ]);

    await expect(findListing(igf, item)).resolves.toMatchObject({ id: 9 });
    expect(igf.calls[1]).toEqual(['listings.ofSku', 'sku-90']);
  });

  test.each([
    ['it did not answer', unanswered],
    ['it turned us away', turnedAway()],
  ])('because %s, nothing is concluded', async (_why, fails) => {
    const igf = new FakeIgf().next('listings.ofWebshopOrder', fails);

    await expect(findListing(igf, item)).rejects.toMatchObject({ name: 'IgfUnavailableError' });
    expect(igf.called('listings')).toEqual(['ofWebshopOrder']);
  });

  test('and the listings of the sku are not either, nothing is concluded', async () => {
    const igf = new FakeIgf()
      .next('listings.ofWebshopOrder', pathInDoubt)
      .next('listings.ofSku', refuses(404));

    await expect(findListing(igf, item)).rejects.toMatchObject({ name: 'IgfRejectedError' });
  });
});
