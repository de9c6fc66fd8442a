import { inModule, type Mutation } from './mutation.ts';

const rejected = inModule<typeof import('../../lib/quarantine/rejected-delivery.ts')>(
  'lib/quarantine/rejected-delivery.ts',
);

/** Nothing twice: one listing, one call, one notice. */
export const nothingTwice: readonly Mutation[] = [
  rejected('duplicate-counted', 'mergeRejection', {
    breaks: 'a rejected delivery that SQS hands over twice is counted twice',
    becomes: (original) => (known, rejection) =>
      original(known && { ...known, recentDeliveries: [] }, rejection),
    tests: ['test/unit/quarantine/rejected-delivery.test.ts'],
  }),
];
