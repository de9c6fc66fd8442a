import type { Mutation } from './mutation.ts';

/** Keys rotate without a gap, and no clock decides an order of facts. */
export const secretsAndTime: readonly Mutation[] = [
  {
    name: 'previous-key-refused',
    breaks: 'a delivery with the old key is refused during its rotation',
    file: 'lib/runtime/secret.ts',
    find: "['AWSCURRENT', 'AWSPREVIOUS'].map",
    replace: "['AWSCURRENT'].map",
    tests: ['test/integration/ingest.test.ts'],
  },
  {
    name: 'fails-open',
    breaks: 'without a readable secret everybody passes',
    file: 'lib/ingest/sender-key.ts',
    find: 'if (fresh.length === 0) {',
    replace: 'if (fresh.length === 0) return;\n  if (fresh.length < 0) {',
    tests: ['test/integration/ingest.test.ts'],
  },
  {
    name: 'rotation-unnoticed',
    breaks: 'a retired key is accepted for as long as the function lives',
    file: 'lib/runtime/secret.ts',
    find: '? secretMinAgeMs : secretMaxAgeMs',
    replace: '? secretMinAgeMs : Number.POSITIVE_INFINITY',
    tests: ['test/integration/secret-rotation.test.ts'],
  },
  {
    name: 'clocks-agree',
    breaks: 'a claim lasts no longer than its call: a worker whose clock is ahead takes it over',
    file: 'lib/config/timing.ts',
    find: 'export const claimLeaseSeconds = workerTimeoutSeconds + igfCommitSeconds + clockSkewSeconds;',
    replace: 'export const claimLeaseSeconds = workerTimeoutSeconds + igfCommitSeconds;',
    tests: ['test/integration/clock-skew.test.ts'],
  },
  {
    name: 'local-time',
    breaks: "a time without an offset is read in the machine's zone",
    file: 'lib/webhooks/iso-date.ts',
    find: '}Z`;',
    replace: '}`;',
    tests: ['test/unit/webhooks/iso-date.test.ts'],
  },
  {
    name: 'offset-ignored',
    breaks: 'of a time with an offset only the hands of the clock count',
    file: 'lib/webhooks/iso-date.ts',
    find: '? withTime : ',
    replace: "? withTime.replace(/[+-]\\d{2}:?\\d{2}$/, 'Z') : ",
    tests: ['test/unit/webhooks/iso-date.test.ts'],
  },
];
