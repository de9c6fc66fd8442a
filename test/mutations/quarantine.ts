import { inModule, type Mutation } from './mutation.ts';

const watch = inModule<typeof import('../../lib/quarantine/expiry-watch.ts')>(
  'lib/quarantine/expiry-watch.ts',
);
const items = inModule<typeof import('../../lib/quarantine/rejected-items.ts')>(
  'lib/quarantine/rejected-items.ts',
);
const delivery = inModule<typeof import('../../lib/ingest/delivery.ts')>('lib/ingest/delivery.ts');

/** A rejected webhook is stored, and the alarm comes in time. */
export const quarantine: readonly Mutation[] = [
  delivery('rejected-and-not-stored', 'quarantineDelivery', {
    breaks: '406 is answered although nothing stored the body',
    becomes: (original) => (webhook, reading, received, reject) =>
      original(webhook, reading, received, (message) => reject(message).catch(() => {})),
    tests: ['test/integration/quarantine.test.ts'],
  }),
  watch('accepted-still-alarms', 'wasAccepted', {
    breaks: 'the alarm still counts a rejected delivery that was accepted later',
    becomes: () => async () => false,
    tests: ['test/unit/quarantine/expiry-watch.test.ts'],
  }),
  items('bytes-kept-as-text', 'rejectedItems', {
    breaks: 'a rejected body that is not text does not come back byte for byte',
    becomes: (original) => (stored, now) => {
      const real = original(stored, now);
      return {
        ...real,
        write: (rejected) => real.write({ ...rejected, body: Buffer.from(rejected.body.toString()) }),
      };
    },
    tests: ['test/integration/quarantine.bodies.test.ts'],
  }),
  delivery('replayed-under-another-id', 'deliveryMessage', {
    breaks: 'a replay is another delivery than the one that its sender repeats',
    becomes: (original) => (webhook, accepted) =>
      original(webhook, { ...accepted, id: `x${accepted.id.slice(1)}` }),
    tests: ['test/integration/rejected-replay.test.ts'],
  }),
  delivery('replayed-as-new', 'deliveryMessage', {
    breaks: 'a replayed delivery counts as newer than what came after it',
    becomes: (original) => (webhook, accepted) => original(webhook, { ...accepted, now: Date.now() }),
    tests: ['test/integration/rejected-replay.test.ts'],
  }),
];
