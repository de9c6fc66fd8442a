import { inModule, type Mutation } from './mutation.ts';

const refund = inModule<typeof import('../../lib/returns/refund.ts')>('lib/returns/refund.ts');
const progress = inModule<typeof import('../../lib/rules/igf-progress.ts')>('lib/rules/igf-progress.ts');
const memos = inModule<typeof import('../../lib/returns/credit-memos.ts')>('lib/returns/credit-memos.ts');
const vocabulary = inModule<typeof import('../../lib/returns/vocabulary.ts')>('lib/returns/vocabulary.ts');

/** The right amount, once, when it is due. Here too: `refund-waited-for` in `nothing-lost.ts`. */
export const money: readonly Mutation[] = [
  refund('fee-not-deducted', 'refundAmount', {
    breaks: 'the sender is paid the price without the return fee taken off',
    becomes: (original) => (article) => original(article),
    tests: ['test/unit/returns/refund.test.ts'],
  }),
  progress('paid-at-arrival', 'refundOf', {
    breaks: 'a refund is due as soon as the article arrives, and its buyer may still dispute',
    becomes: (original) => (item, igf, clock) =>
      original(item, igf, { ...clock, policy: { refundPresumedHours: 0 } }),
    tests: ['test/unit/decide/refund.test.ts'],
  }),
  memos('memo-pays-all', 'creditMemoOf', {
    breaks: 'a credit memo that can mean two returns settles both',
    becomes: (original) => (order, item) => {
      const finding = original(order, item);
      return finding && { ...finding, is: 'paid' };
    },
    tests: ['test/unit/returns/credit-memos.test.ts'],
  }),
  vocabulary('rejection-pays', 'readMerchantResolution', {
    breaks: 'an rma-item by which the merchant refuses the refund settles it',
    becomes: () => () => 'refund',
    tests: ['test/unit/decide/money.test.ts'],
  }),
];
