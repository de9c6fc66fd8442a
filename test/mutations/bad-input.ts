import type { Mutation } from './mutation.ts';

/** No input costs more than its answer, or shows in one. */
export const badInput: readonly Mutation[] = [
  {
    name: 'depth-unbounded',
    breaks: 'a body that is nested without end is accepted',
    file: 'lib/webhooks/json-limits.ts',
    find: 'if (depth >= deepestJson)',
    replace: 'if (depth < 0)',
    tests: ['test/unit/webhooks/json-limits.test.ts'],
  },
  {
    name: 'values-unbounded',
    breaks: 'a body of a hundred thousand values is read one by one',
    file: 'lib/webhooks/json-limits.ts',
    find: 'if (values > mostJsonValues) return true;',
    replace: '',
    tests: ['test/unit/webhooks/json-limits.test.ts'],
  },
  {
    name: 'value-in-an-error',
    breaks: 'an error repeats what the sender sent: personal data in an answer and in a log',
    file: 'lib/ingest/schema-faults.ts',
    find: "return 'is required';",
    replace: "return 'is required in ' + JSON.stringify(body);",
    tests: ['test/fuzz/ingest.test.ts'],
  },
  {
    name: 'unstorable-retried',
    breaks: 'what the table can never hold is tried for 24 hours',
    file: 'lib/table/unstorable.ts',
    find: "new Set(['ValidationException', 'SerializationException'])",
    replace: 'new Set([])',
    tests: ['test/fuzz/worker.test.ts'],
  },
];
