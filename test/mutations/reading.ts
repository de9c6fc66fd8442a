import { inModule, type Mutation } from './mutation.ts';

const body = inModule<typeof import('../../lib/webhooks/fields.ts')>('lib/webhooks/fields.ts');
const field = inModule<typeof import('../../lib/webhooks/winkelstraat/fields.ts')>(
  'lib/webhooks/winkelstraat/fields.ts',
);
const article = inModule<typeof import('../../lib/returns/article.ts')>('lib/returns/article.ts');
const customer = inModule<typeof import('../../lib/returns/customer.ts')>('lib/returns/customer.ts');
const vocabulary = inModule<typeof import('../../lib/returns/vocabulary.ts')>('lib/returns/vocabulary.ts');
const answer = inModule<typeof import('../../lib/igf/api/answers.ts')>('lib/igf/api/answers.ts');
const listOnce = inModule<typeof import('../../lib/actions/list-once.ts')>('lib/actions/list-once.ts');

/** What the vendors write is read as they mean it. */
export const reading: readonly Mutation[] = [
  body('nothing-is-something', 'isNone', {
    breaks: 'an empty list, `false` or the text `null` counts as a value that was sent',
    becomes: () => (value) => value === undefined || value === null,
    tests: ['test/unit/webhooks/winkelstraat/fields.test.ts'],
  }),
  field('number-without-its-zeros', 'documentNumber', {
    breaks: 'the number of an order that lost its leading zeros is taken for another order',
    becomes: (original) => {
      const { run } = original._zod;
      original._zod.run = (payload, context) => {
        if (typeof payload.value === 'number') payload.value = String(payload.value);
        return run(payload, context);
      };
      return original;
    },
    tests: ['test/unit/webhooks/winkelstraat/fields.test.ts'],
  }),
  article('sku-by-letters', 'articleKey', {
    breaks: 'an article that is written with the prefix twice, or in capitals, counts as another one',
    becomes: () => (sku) => sku,
    tests: ['test/unit/returns/article.sku.test.ts'],
  }),
  body('ended-without-items', 'countedList', {
    breaks: 'the webhook that ends a whole RMA is refused because it has no items',
    becomes: (original) => (entry) => original(entry, 1),
    tests: ['test/unit/webhooks/winkelstraat/stock-hub-v1-rma.test.ts'],
  }),
  customer('country-unknown-is-abroad', 'readCountry', {
    breaks: 'an unknown country counts as one that the settings exclude, and nobody looks at the address',
    becomes: (original) => (text) => original(text) ?? text.toUpperCase(),
    tests: ['test/unit/rules/forwardable.test.ts'],
  }),
  vocabulary('text-guessed', 'meaningOf', {
    breaks: 'an unknown text counts as none, so damaged goods may be offered',
    becomes: (original) => (name, text, mapped) => original(name, text, mapped) ?? original(name, '', mapped),
    tests: ['test/unit/returns/vocabulary.test.ts'],
  }),
  answer('word-by-case', 'maybeWord', {
    breaks: "a state of IGF's that is written in another case counts as an unknown one",
    becomes: (original) => {
      const { run } = original._zod;
      original._zod.run = (payload, context) => {
        const sent = String(payload.value);
        const read = run(payload, context);
        const isInOtherCase = 'value' in read && String(read.value).toLowerCase() === sent.toLowerCase();
        return isInOtherCase ? { ...read, value: sent } : read;
      };
      return original;
    },
    tests: ['test/unit/igf/answers.test.ts'],
  }),
  listOnce('encoded-question-believed', 'findListing', {
    breaks:
      'IGF finds no listing because it compares an encoded order number, and the article is listed twice',
    becomes: (original, override) => (igf, item) =>
      original(override(igf, { listings: override(igf.listings, { ofSku: async () => [] }) }), item),
    tests: ['test/unit/actions/find-listing.test.ts'],
  }),
];
