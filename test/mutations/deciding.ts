import { inModule, type Mutation } from './mutation.ts';

const merchant = inModule<typeof import('../../lib/returns/merchant-decision.ts')>(
  'lib/returns/merchant-decision.ts',
);
const forwardable = inModule<typeof import('../../lib/rules/forwardable.ts')>('lib/rules/forwardable.ts');
const units = inModule<typeof import('../../lib/returns/units.ts')>('lib/returns/units.ts');
const listOnce = inModule<typeof import('../../lib/actions/list-once.ts')>('lib/actions/list-once.ts');
const listing = inModule<typeof import('../../lib/decide/rules/listing.ts')>('lib/decide/rules/listing.ts');
const request = inModule<typeof import('../../lib/returns/listing-request.ts')>(
  'lib/returns/listing-request.ts',
);

/** No article is on sale that must not be, and no unit is promised twice. */
export const deciding: readonly Mutation[] = [
  merchant('unknown-status-ignored', 'merchantDecision', {
    breaks: 'a return whose status Winkelstraat does not document is listed',
    becomes: (original) => (order, item, readStatus) => ({
      ...original(order, item, readStatus),
      unknownStatus: undefined,
    }),
    tests: ['test/unit/returns/merchant-decision.test.ts'],
  }),
  merchant('header-before-item', 'merchantDecision', {
    breaks: 'an item that the merchant rejected takes the status of its RMA, and counts as paid',
    becomes:
      (original) =>
      (order, { opening, ...item }, readStatus) =>
        original(order, { ...item, opening: opening && { ...opening, status: undefined } }, readStatus),
    tests: ['test/unit/returns/merchant-decision.test.ts'],
  }),
  merchant('arrival-ignored', 'merchantDecision', {
    breaks: 'an article that has arrived at the merchant is put on sale',
    becomes:
      (original) =>
      (order, { opening, ...item }, readStatus) =>
        original(
          order,
          { ...item, opening: opening && { ...opening, quantityReturned: undefined } },
          readStatus,
        ),
    tests: ['test/unit/returns/merchant-decision.test.ts'],
  }),
  forwardable('change-after-listing-ignored', 'changeSinceListed', {
    breaks: 'a listing stays on sale although its article may not be forwarded any more',
    becomes: () => () => undefined,
    tests: ['test/unit/worker/changed-facts.test.ts'],
  }),
  units('unit-promised-twice', 'promisedOthers', {
    breaks: 'two returns of the only unit that was sent are both listed',
    becomes: () => () => [],
    tests: ['test/unit/worker/units.properties.test.ts'],
  }),
  listOnce('rivals-not-touched', 'touchRivals', {
    breaks: 'two workers list two returns of one unit at the same moment',
    becomes: () => async () => 'touched',
    tests: ['test/unit/actions/list.test.ts'],
  }),
  forwardable('several-items-forwarded', 'isForwardable', {
    breaks: 'an RMA with several items is listed, and IGF forwards single-item returns only',
    becomes: (original) => (article, context) => original(article, { ...context, itemCount: 1 }),
    tests: ['test/unit/rules/forwardable.test.ts'],
  }),
  listing('listed-before-delivery', 'notWithCustomer', {
    breaks: 'an article is listed that its customer has never got',
    becomes: () => () => undefined,
    tests: ['test/unit/decide/rules.test.ts'],
  }),
  request('sku-setting-ignored', 'listedSkuOf', {
    breaks: 'a listing has another number of its article than the setting says',
    becomes: () => (_item, article) => article.sku,
    tests: ['test/unit/returns/listing-request.test.ts'],
  }),
  listing('tracked-return-listed', 'hasWarehouseLabel', {
    breaks:
      'a return that its customer may send to the warehouse is listed although the setting says to hold it',
    becomes: () => () => undefined,
    tests: ['test/unit/decide/rules.test.ts'],
  }),
];
