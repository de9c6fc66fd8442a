import { inModule, type Mutation } from './mutation.ts';

const limits = inModule<typeof import('../../lib/webhooks/json-limits.ts')>('lib/webhooks/json-limits.ts');
const faults = inModule<typeof import('../../lib/ingest/schema-faults.ts')>('lib/ingest/schema-faults.ts');
const unstorable = inModule<typeof import('../../lib/table/dynamodb.ts')>('lib/table/dynamodb.ts');

/** No input costs more than its answer, or shows in one. */
export const badInput: readonly Mutation[] = [
  limits('depth-unbounded', 'jsonFault', {
    breaks: 'a body of any depth is accepted',
    becomes: (original) => (value) => {
      const fault = original(value);
      return fault?.message.includes('nested deeper') ? undefined : fault;
    },
    tests: ['test/unit/webhooks/json-limits.test.ts'],
  }),
  limits('values-unbounded', 'hasTooManyValues', {
    breaks: 'a body of a hundred thousand values is parsed and checked value by value',
    becomes: () => () => false,
    tests: ['test/unit/webhooks/json-limits.test.ts'],
  }),
  faults('value-in-an-error', 'faultsOf', {
    breaks: 'an error repeats what the sender sent, so personal data gets into an answer and a log',
    becomes: (original) => (error, body) =>
      original(error, body).map((fault) => ({
        ...fault,
        message: `${fault.message} in ${JSON.stringify(body)}`,
      })),
    tests: ['test/fuzz/ingest.test.ts'],
  }),
  unstorable('unstorable-retried', 'whyUnstorable', {
    breaks: 'a message that the table can never store is retried for 24 hours',
    becomes: () => () => undefined,
    tests: ['test/fuzz/worker.test.ts'],
  }),
];
