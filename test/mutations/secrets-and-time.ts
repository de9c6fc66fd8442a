import { inModule, type Mutation } from './mutation.ts';

const secret = inModule<typeof import('../../lib/runtime/secret.ts')>('lib/runtime/secret.ts');
const senderKey = inModule<typeof import('../../lib/ingest/sender-key.ts')>('lib/ingest/sender-key.ts');
const timing = inModule<typeof import('../../lib/config/timing.ts')>('lib/config/timing.ts');
const dates = inModule<typeof import('../../lib/webhooks/dates.ts')>('lib/webhooks/dates.ts');

/** Keys rotate without a gap, and no clock decides an order of facts. */
export const secretsAndTime: readonly Mutation[] = [
  secret('previous-key-refused', 'readCurrentAndPrevious', {
    breaks: 'a delivery with the old key is refused while the key is being changed',
    becomes: (original) => (client, id) => {
      const read = original(client, id);
      return async (previous) => (await read(previous)).slice(0, 1);
    },
    tests: ['test/integration/ingest.key.test.ts'],
  }),
  senderKey('fails-open', 'checkSenderKey', {
    breaks: 'everybody passes while no secret can be read',
    becomes: (original) => async (key, location, stored) => {
      const known = await stored.values().catch(() => []);
      if (known.length > 0) await original(key, location, stored);
    },
    tests: ['test/integration/ingest.key.test.ts'],
  }),
  secret('rotation-unnoticed', 'cachedSecret', {
    breaks: 'a retired key is accepted for as long as the function lives',
    becomes: (original) => (read) => original(read, () => 0),
    tests: ['test/integration/secret-rotation.test.ts'],
  }),
  timing('clocks-agree', 'claimLeaseSeconds', {
    breaks: 'a claim lasts no longer than its call, so a worker whose clock is ahead takes it over',
    becomes: (original) => original - 60,
    tests: ['test/integration/clock-skew.test.ts'],
  }),
  dates('local-time', 'isoUtc', {
    breaks: 'a time without an offset is read in the time zone of the machine',
    becomes: (original) => (value) => {
      const local = /\d:\d\d(\.\d+)?$/.test(value.trim()) ? new Date(value.trim()) : undefined;
      return local && original(value) ? local.toISOString() : original(value);
    },
    tests: ['test/unit/webhooks/iso-date.test.ts'],
  }),
  dates('offset-ignored', 'isoUtc', {
    breaks: 'the offset of a time is ignored',
    becomes: (original) => (value) => original(value.trim().replace(/[+-]\d{2}:?\d{2}$/, 'Z')),
    tests: ['test/unit/webhooks/iso-date.test.ts'],
  }),
];
