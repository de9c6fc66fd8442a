import type { Mutation } from './mutation.ts';

/** Retried for 24 hours, parked with its reason, run again on redrive. */
export const retryAndRedrive: readonly Mutation[] = [
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
    file: 'lib/worker/acknowledge.ts',
    find: 'await queue.park(',
    replace: 'void (() => queue.park)(',
    tests: ['test/integration/parking.test.ts'],
  },
  {
    name: 'parked-untold',
    breaks: 'a message goes into the DLQ although the table could not say so',
    file: 'lib/worker/worker-handler.ts',
    find: "if (wanted.kind === 'retry') return wanted;",
    replace: "if (wanted.kind !== 'ack') return wanted;",
    tests: ['test/integration/parking.test.ts'],
  },
  {
    name: 'redriven-and-held-back',
    breaks: 'a redriven message is taken for the one that was refused, and does not run again',
    file: 'lib/decide/steps.ts',
    find: 'return redriven ? undefined',
    replace: 'return !redriven && redriven ? undefined',
    tests: ['test/unit/decide/blocked-by-refusal.test.ts', 'test/integration/parking.test.ts'],
  },
  {
    name: 'deleted-before-sent',
    breaks: 'a message leaves the DLQ before its queue has it',
    file: 'infra/ops/dlq/redrive-messages.ts',
    find: '    await sqs.send(\n      new SendMessageCommand({',
    replace: '    void sqs.send(\n      new SendMessageCommand({',
    tests: ['test/integration/redrive.test.ts'],
  },
  {
    name: 'retry-over-done',
    breaks: 'a delivery that is done is told as waiting for a retry, by an attempt that ran beside',
    file: 'lib/table/delivery-item.ts',
    find: 'lastAttemptAt < :surelyBefore',
    replace: 'lastAttemptAt <> :surelyBefore',
    tests: ['test/integration/delivery-item.test.ts', 'test/integration/exactly-once.test.ts'],
  },
];
