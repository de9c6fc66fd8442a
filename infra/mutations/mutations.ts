/** A change that breaks a promise of `docs/reliability.md`, and the tests that must notice. */
export interface Mutation {
  /** Short and unique: how it is named on the command line and in the table. */
  readonly name: string;
  /** What the change takes away, as a person says it. */
  readonly breaks: string;
  /** From the top of the repository. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Test files that must go red, from the top of the repository. */
  readonly tests: readonly string[];
}

export const mutations: readonly Mutation[] = [
  {
    name: 'lease-removed',
    breaks: 'a claim holds for no time: two workers call IGF for one return',
    file: 'lib/worker/claim.ts',
    find: 'dependencies.now() + dependencies.claimLeaseMs',
    replace: 'dependencies.now() - dependencies.claimLeaseMs',
    tests: ['test/unit/worker/exactly-one-listing.properties.test.ts'],
  },
  {
    name: 'adoption-removed',
    breaks: 'a listing whose answer was lost is not found again: it is made twice',
    file: 'lib/worker/find-listing.ts',
    find: '(await candidates(igf, listedAs)).filter((listing) => isOurs(listing, item, listedAs))',
    replace: '(await candidates(igf, listedAs)).filter(() => false)',
    tests: ['test/unit/worker/exactly-one-listing.properties.test.ts'],
  },
  {
    name: 'condition-dropped',
    breaks: 'a write no longer depends on what it was made from: the slower worker erases the faster one',
    file: 'lib/table/bridge-table.ts',
    find: "{ ConditionExpression: 'rev = :rev', ExpressionAttributeValues: { ':rev': rev } }",
    replace: '{}',
    tests: ['test/integration/exactly-once.test.ts', 'test/integration/bridge-table.test.ts'],
  },
  {
    name: 'claim-settled-by-anybody',
    breaks: 'whoever is late stores the outcome of a claim that is no longer theirs',
    file: 'lib/table/bridge-table.ts',
    find: "ConditionExpression: '#claim.#token = :token'",
    replace: "ConditionExpression: 'attribute_exists(#claim) OR :token = :token'",
    tests: ['test/integration/bridge-table.test.ts'],
  },
  {
    name: 'batch-failures-off',
    breaks: 'a message that failed is deleted with its batch',
    file: 'infra/constructs/sender-queue.ts',
    find: 'reportBatchItemFailures: true',
    replace: 'reportBatchItemFailures: false',
    tests: ['test/synth/queues.test.ts'],
  },
  {
    name: 'answered-before-stored',
    breaks: '202 is said although SQS did not take the message',
    file: 'lib/ingest/delivery.ts',
    find: "throw new Problem(503, 'Not stored'",
    replace: "void new Problem(503, 'Not stored'",
    tests: ['test/integration/ingest.test.ts'],
  },
  {
    name: 'failures-acknowledged',
    breaks: 'a failed attempt counts as done',
    file: 'lib/worker/worker-handler.ts',
    find: 'if (!acknowledged) batchItemFailures',
    replace: 'if (acknowledged) batchItemFailures',
    tests: ['test/integration/retry-promise.test.ts'],
  },
  {
    name: 'promise-by-count',
    breaks: 'a message is given up after a number of receives instead of 24 hours',
    file: 'lib/worker/disposition.ts',
    find: 'promiseIsOver((now - receipt.sentAt) / 1000)',
    replace: 'receipt.receiveCount > 5',
    tests: ['test/unit/worker/disposition.test.ts', 'test/integration/retry-promise.test.ts'],
  },
  {
    name: 'promise-never-over',
    breaks: 'what failed for 24 hours is retried for ever instead of parked with its reason',
    file: 'lib/worker/disposition.ts',
    find: 'promiseIsOver((now - receipt.sentAt) / 1000)',
    replace: 'promiseIsOver(-1)',
    tests: ['test/unit/worker/disposition.test.ts', 'test/integration/retry-promise.test.ts'],
  },
  {
    name: 'parked-after-acknowledging',
    breaks: 'a message that is to be parked is acknowledged without being in the DLQ',
    file: 'lib/worker/settle.ts',
    find: 'await queue.park(',
    replace: 'void (() => queue.park)(',
    tests: ['test/integration/parking.test.ts'],
  },
  {
    name: 'breaker-removed',
    breaks: 'while IGF is down every turn of every message waits for a timeout',
    file: 'functions/advancing.ts',
    find: '    circuit,\n    pace',
    replace: '    pace',
    tests: ['test/integration/worker-under-outage.test.ts'],
  },
  {
    name: 'breaker-opens-on-answers',
    breaks: 'an IGF that refuses or slows us down is taken to be down',
    file: 'lib/igf/circuit.ts',
    find: 'error.status >= 500',
    replace: 'error.status >= 400',
    tests: ['test/unit/igf/circuit.test.ts', 'test/unit/igf/calls-that-are-not-made.test.ts'],
  },
  {
    name: 'breaker-never-closes',
    breaks: 'IGF is never called again once it was down',
    file: 'lib/igf/circuit.ts',
    find: 'now() < open.until',
    replace: 'now() > 0',
    tests: ['test/unit/igf/circuit.test.ts', 'test/integration/outage.test.ts'],
  },
  {
    name: 'claimed-while-down',
    breaks: 'a return is claimed and given back for a call that is not made, in every turn',
    file: 'lib/worker/act.ts',
    find: 'if (down) return leaveUncalled(work, down);',
    replace: 'void [down, leaveUncalled];',
    tests: ['test/unit/worker/igf-down.test.ts'],
  },
  {
    name: 'refusal-unexplained',
    breaks: 'a refused call that may have been done all the same is made again',
    file: 'lib/worker/claim.ts',
    find: 'return leave(work, held, error, true);',
    replace: 'return leave(work, held, error, work.item.claim !== undefined);',
    tests: ['test/unit/worker/igf-down.test.ts'],
  },
  {
    name: 'pace-removed',
    breaks: 'IGF is called as fast as messages come',
    file: 'functions/advancing.ts',
    find: '    pace: evenPace(environment.IGF_CALLS_PER_SECOND),',
    replace: '',
    tests: ['test/integration/worker-under-outage.test.ts'],
  },
  {
    name: 'share-of-one-worker',
    breaks: 'all environments together call IGF faster than igfMaxPerSecond',
    file: 'infra/igf-share.ts',
    find: 'senders.length * workerConcurrency + 1',
    replace: 'workerConcurrency + 1',
    tests: ['test/synth/igf-share.test.ts'],
  },
  {
    name: 'group-dropped',
    breaks: 'one kind of webhook keeps the others waiting',
    file: 'functions/ingest.ts',
    find: 'MessageGroupId: groupId,',
    replace: '',
    tests: ['test/integration/message-groups.test.ts'],
  },
  {
    name: 'waiting-skipped',
    breaks: 'an event that comes before its return is linked does not wait for it',
    file: 'lib/worker/locate-return.ts',
    find: 'await needs.table.keepWaiting(object, { eventId: waitingId, fact: complete, at });',
    replace: 'void [waitingId, at];',
    tests: ['test/unit/worker/igf-events.test.ts'],
  },
  {
    name: 'older-fact-wins',
    breaks: 'a late webhook takes back what a newer one told',
    file: 'lib/returns/merge.ts',
    find: 'const newer = notOlder(shipmentVersion(fact), shipmentVersion(stored));',
    replace: 'const newer = true;',
    tests: ['test/unit/returns/merge.test.ts'],
  },
  {
    name: 'notice-not-marked',
    breaks: 'people are told the same thing with every webhook',
    file: 'lib/worker/notice.ts',
    find: 'if (!attention || attention === noticed) return undefined;',
    replace: 'if (!attention) return undefined;',
    tests: ['test/unit/worker/notice.test.ts', 'test/integration/attention.test.ts'],
  },
  {
    name: 'previous-key-refused',
    breaks: 'a delivery with the old key is refused during its rotation',
    file: 'lib/aws/secret.ts',
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
];
