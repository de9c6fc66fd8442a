import type { Mutation } from './mutation.ts';

/** What is refused is kept, and rings in time. */
export const quarantine: readonly Mutation[] = [
  {
    name: 'refused-and-not-kept',
    breaks: '406 is said although nobody keeps the body',
    file: 'lib/ingest/quarantine-rejected.ts',
    find: 'request.error = notStored(cause);',
    replace: 'void notStored(cause);',
    tests: ['test/integration/quarantine.test.ts'],
  },
  {
    name: 'accepted-still-rings',
    breaks: 'a rejected delivery that was accepted since rings all the same',
    file: 'lib/quarantine/expiry-watch.ts',
    find: '(await isAccepted(delivery, dependencies))',
    replace: 'false',
    tests: ['test/unit/quarantine/expiry-watch.test.ts'],
  },
  {
    name: 'bytes-kept-as-text',
    breaks: 'a rejected body that is no text does not come back as it was',
    file: 'lib/quarantine/rejected-items.ts',
    find: 'if (!isUtf8(body)) return body;',
    replace: '',
    tests: ['test/integration/quarantine.test.ts'],
  },
  {
    name: 'replayed-under-another-id',
    breaks: 'a replay is another delivery than the one that its sender repeats',
    file: 'infra/ops/commands/rejected-replay.ts',
    find: '{ id, correlationId, now: Date',
    replace: "{ id: id.replace(/^./, 'x'), correlationId, now: Date",
    tests: ['test/integration/rejected-replay.test.ts'],
  },
  {
    name: 'replayed-as-new',
    breaks: 'a replayed delivery counts for newer than what came after it',
    file: 'infra/ops/commands/rejected-replay.ts',
    find: 'Date.parse(firstSeen)',
    replace: 'now + 0 * Date.parse(firstSeen)',
    tests: ['test/integration/rejected-replay.test.ts'],
  },
];
