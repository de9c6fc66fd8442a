import fc from 'fast-check';
import type { OpeningFact, OrderFact } from '../../../lib/facts/facts.ts';
import { returnReasons } from '../../../lib/facts/vendor-terms.ts';
import type { ListingRequest } from '../../../lib/igf/api/listings.ts';
import { articleOf } from '../../../lib/returns/article.ts';
import { listingMark, readListing, requestFingerprint } from '../../../lib/returns/listing-request.ts';
import { isForwardable } from '../../../lib/rules/forwardable.ts';
import { anyPolicy, anySituation } from '../../support/arbitraries.ts';
import {
  address,
  closingFact,
  factsOf,
  openingFact,
  policy,
  pushApiOpening,
  pushApiRma,
  rmaItemPayload,
  shipmentFact,
  situation,
  stockHubRma,
  stockHubShipment,
} from '../../support/builders.ts';
import { runs } from '../../support/long-form.ts';

function reading(facts: readonly OrderFact[], settings = policy()) {
  const { order, item } = situation(facts);
  const article = articleOf(order, item);
  if (!article) throw new Error('The article is known.');
  return readListing(item, article, settings);
}

function request(facts: readonly OrderFact[], settings = policy()): ListingRequest {
  const read = reading(facts, settings);
  if (!('request' in read)) throw new Error(`No request: ${JSON.stringify(read)}`);
  return read.request;
}

describe("the vendor's own payloads", () => {
  test('a stock-hub RMA and its shipment become this listing', () => {
    const facts = [
      ...factsOf('stock-hub/v1/shipment', stockHubShipment()),
      ...factsOf('stock-hub/v1/rma', stockHubRma()),
    ];

    expect(request(facts)).toEqual({
      sku: 'wsnl199-5c9de5ad4681ed3eb551e7ee',
      productId: '381189',
      listingWebshopOrderId: '000000549',
      returnReason: 'no_reason',
      returnReasonComment: '[000000093/90]',
      originalPrice: 270,
      quantity: 1,
      maxQuantity: 2,
      customer: {
        email: 'jan.jansen@gwinkelstraat.nl',
        firstName: 'Jan',
        lastName: 'Jansen',
        phone: '+31621510775',
        language: 'nl',
        address: {
          street: 'Edsger Dijkstraat',
          houseNr: '12',
          city: 'Zonnewijk',
          postalCode: '9012DE',
          country: 'NL',
        },
      },
    });
  });

  test('a v2/rma alone becomes this listing', () => {
    expect(request(factsOf('push-api/v2/rma', pushApiRma()))).toEqual({
      sku: 'wsnl199-wsnl199-5c9de5ad4681ed3eb551e7ee',
      productId: '3G1MXE1MXVZF982',
      listingWebshopOrderId: '000000549',
      returnReason: 'other_good_condition',
      returnReasonComment: 'Meer bezorgd dan besteld [000000078/YEK]',
      originalPrice: 271,
      quantity: 1,
      maxQuantity: 1,
      customer: {
        email: 'jan.jansen@gwinkelstraat.nl',
        firstName: 'Jan',
        lastName: 'Jansen',
        language: 'nl',
        address: {
          street: 'Edsger Dijkstraat',
          houseNr: '12',
          city: 'Zonnewijk',
          postalCode: '9012DE',
          country: 'NL',
        },
      },
    });
  });

  test('an rma-item becomes the same listing, with its shipping address', () => {
    expect(request(factsOf('push-api/v1/rma-item', rmaItemPayload()))).toEqual(
      request(factsOf('push-api/v2/rma', pushApiRma())),
    );
  });
});

describe('productId', () => {
  const full = openingFact({ parentSku: 'PARENT', reference: 'REF', sku: 'sku-90' });
  const orphan = { ...full, parentSku: undefined };
  const bare = { ...orphan, reference: undefined };

  test.each([
    ['parent', full, 'PARENT'],
    ['parent', orphan, 'REF'],
    ['parent', bare, 'sku-90'],
    ['reference', full, 'REF'],
    ['reference', bare, 'sku-90'],
    ['variant', full, 'sku-90'],
  ] as const)('by policy %s', (productId, opening, expected) => {
    expect(request([opening, shipmentFact()], policy({ productId })).productId).toBe(expected);
  });

  test('of a push-api return is its reference, else its sku', () => {
    expect(request([pushApiOpening({ reference: 'REF' })]).productId).toBe('REF');
    expect(request([pushApiOpening()]).productId).toBe('sku-90');
  });
});

describe('sku', () => {
  const known = { articleNumber: 'ART 9 L', mpn: 'MPN9', size: '36 ⅔', sku: 'sku-90' };
  const stockHub = (change: Partial<OpeningFact> = {}) => [
    openingFact({ ...known, ...change }),
    shipmentFact(),
  ];
  const pushApi = (change: Partial<OpeningFact> = {}) => [pushApiOpening({ ...known, ...change })];
  const byArticle = policy({ sku: 'article_number' });

  test("is Winkelstraat's", () => {
    expect(request(stockHub()).sku).toBe('sku-90');
    expect(request(pushApi({ articleNumber: undefined })).sku).toBe('sku-90');
  });

  test('is by policy the article number of push-api as it was sent, and mpn with size of stock-hub', () => {
    expect(request(pushApi(), byArticle).sku).toBe('ART 9 L');
    expect(request(pushApi({ size: undefined }), byArticle).sku).toBe('ART 9 L');
    expect(request(stockHub(), byArticle).sku).toBe('MPN9 36 ⅔');
  });

  test("is by policy what the vendor's own payloads have", () => {
    expect(request(factsOf('push-api/v2/rma', pushApiRma()), byArticle).sku).toBe('3G1MXE1MXVZF982 L');
    const facts = [
      ...factsOf('stock-hub/v1/shipment', stockHubShipment()),
      ...factsOf('stock-hub/v1/rma', stockHubRma()),
    ];
    expect(request(facts, byArticle).sku).toBe('3G1MXE1MXVZF982 S');
  });

  test.each([
    ['stock-hub without a size', stockHub({ size: undefined })],
    ['stock-hub without mpn', stockHub({ mpn: undefined })],
    ['push-api without an article number', pushApi({ articleNumber: undefined })],
  ])('needs a person by policy when it is unknown: %s', (_what, facts) => {
    expect(reading(facts, byArticle)).toEqual({
      unusable: [{ part: 'article number', attention: expect.stringMatching(/let the normal return go on/) }],
    });
  });

  test('leaves productId as its own policy says', () => {
    expect(request(stockHub({ parentSku: 'PARENT' }), byArticle).productId).toBe('PARENT');
  });
});

describe('listingWebshopOrderId', () => {
  const facts = [openingFact({ poNumber: 'PO-1' }), shipmentFact()];

  test("is Winkelstraat's order, or by policy the purchase order", () => {
    expect(request(facts).listingWebshopOrderId).toBe('000000549');
    expect(request(facts, policy({ webshopOrderId: 'po_number' })).listingWebshopOrderId).toBe('PO-1');
  });

  test("is Winkelstraat's order when the policy asks for a purchase order that is not known", () => {
    const settings = policy({ webshopOrderId: 'po_number' });

    expect(request([pushApiOpening()], settings).listingWebshopOrderId).toBe('000000549');
  });

  test('is never a purchase order that was sent as a number, because it may have lost zeros', () => {
    const settings = policy({ webshopOrderId: 'po_number' });
    const uncertain = [openingFact({ uncertainPoNumber: '4711' }), shipmentFact()];

    expect(request(uncertain, settings).listingWebshopOrderId).toBe('000000549');
  });
});

describe('the comment', () => {
  test.each([
    [undefined, 'no_reason', '[000000093/90]'],
    ['too_small', 'too_small', '[000000093/90]'],
    ['Te klein', 'too_small', 'Te klein [000000093/90]'],
    ['Bedacht', 'changed_my_mind', 'Bedacht [000000093/90]'],
  ])(
    'of reason %j is the original text unless IGF has it, then the mark',
    (reason, returnReason, comment) => {
      expect(request([pushApiOpening({ reason })])).toMatchObject({
        returnReason,
        returnReasonComment: comment,
      });
    },
  );
});

test('a comment of any length leaves room for the mark', () => {
  const { returnReasonComment = '' } = request([pushApiOpening({ reason: `Te klein${'!'.repeat(5000)}` })]);

  expect(returnReasonComment).toMatch(/^Te klein!+ \[000000093\/90\]$/);
  expect(returnReasonComment.length).toBeLessThan(250);
});

describe('a missing value', () => {
  test('is named', () => {
    expect(reading([openingFact()])).toEqual({
      missing: ['the customer', 'the price'],
    });
  });

  test('is the price when the shipment has none', () => {
    const shipment = shipmentFact({ items: [{ sku: 'sku-90', quantity: 1 }] });

    expect(reading([openingFact(), shipment])).toEqual({ missing: ['the price'] });
  });

  test('needs a person when it is the name, because no later webhook brings it', () => {
    const nameless = shipmentFact({ address: address({ lastName: undefined }) });

    expect(reading([openingFact(), nameless])).toMatchObject({ unusable: [{ part: 'name' }] });
  });
});

describe('the fingerprint of a request', () => {
  const original = request([pushApiOpening()]);

  test('is the same for the same content and reveals nothing of it', () => {
    expect(requestFingerprint(structuredClone(original))).toBe(requestFingerprint(original));
    expect(requestFingerprint(original)).toMatch(/^[0-9a-f]{16}$/);
  });

  test('changes with the content', () => {
    expect(requestFingerprint({ ...original, originalPrice: 1 })).not.toBe(requestFingerprint(original));
  });
});

describe('the listing of any return', () => {
  test('has what IGF requires, from a country of the policy, and ends with its mark', () => {
    let requests = 0;
    fc.assert(
      fc.property(anySituation, anyPolicy, ({ order, item }, settings) => {
        const article = articleOf(order, item);
        if (
          !article ||
          isForwardable(article, { policy: settings, texts: {}, itemCount: 1 }).verdict !== 'yes'
        )
          return;
        const read = readListing(item, article, settings);
        if (!('request' in read)) return;
        requests += 1;
        const { request: body } = read;
        const { returnReasonComment = '', quantity = 0, maxQuantity = 0 } = body;
        expect(returnReasonComment.endsWith(listingMark(item))).toBe(true);
        expect(returnReasonComment.isWellFormed()).toBe(true);
        expect(returnReasonComment.length).toBeLessThan(500);
        expect(Number.isInteger(quantity) && quantity >= 1).toBe(true);
        expect(maxQuantity).toBeGreaterThanOrEqual(quantity);
        expect(body.originalPrice).toBeGreaterThan(0);
        expect(returnReasons).toContain(body.returnReason);
        expect(settings.countries).toContain(body.customer.address.country);
        const texts = [body.sku, body.productId, body.listingWebshopOrderId, body.customer.lastName];
        for (const text of [...texts, ...Object.values(body.customer.address)]) expect(text).toBeTruthy();
        expect(JSON.parse(JSON.stringify(body))).toEqual(body);
      }),
      runs(500),
    );
    expect(requests).toBeGreaterThan(20);
  });

  test('never has the mark of another return at its end, whatever the customer wrote', () => {
    const item = fc.record({
      rmaId: fc.stringMatching(/^\d{1,9}$/),
      itemId: fc.stringMatching(/^[0-9A-Z]{1,6}$/),
    });
    fc.assert(
      fc.property(item, item, (one, other) => {
        fc.pre(listingMark(one) !== listingMark(other));
        expect(`anything ${listingMark(one)}`.endsWith(listingMark(other))).toBe(false);
      }),
    );
    const { returnReasonComment } = request([pushApiOpening({ reason: 'Te klein' })]);
    expect(returnReasonComment).not.toMatch(/\[other\/1\]$/);
  });
});

test('an rma-item is one unit of one', () => {
  expect(request([closingFact()])).toMatchObject({ quantity: 1, maxQuantity: 1 });
});
