import type { Mutation } from './mutation.ts';

/** While IGF is down: few calls, fair turns, all delivered afterwards. */
export const outage: readonly Mutation[] = [
  {
    name: 'breaker-removed',
    breaks: 'while IGF is down every turn of every message waits for a timeout',
    file: 'functions/wiring/advance.ts',
    find: '    circuit,\n    pace',
    replace: '    pace',
    tests: ['test/integration/worker-under-outage.test.ts'],
  },
  {
    name: 'breaker-opens-on-answers',
    breaks: 'an IGF that refuses or slows us down is taken to be down',
    file: 'lib/igf/circuit-breaker.ts',
    find: 'error.status >= 500',
    replace: 'error.status >= 400',
    tests: ['test/unit/igf/circuit-breaker.test.ts', 'test/unit/igf/calls-that-are-not-made.test.ts'],
  },
  {
    name: 'breaker-never-closes',
    breaks: 'IGF is never called again once it was down',
    file: 'lib/igf/circuit-breaker.ts',
    find: 'now() < open.until',
    replace: 'now() > 0',
    tests: ['test/unit/igf/circuit-breaker.test.ts', 'test/integration/outage.test.ts'],
  },
  {
    name: 'claimed-while-down',
    breaks: 'a return is claimed and given back for a call that is not made, in every turn',
    file: 'lib/worker/act.ts',
    find: 'if (down) return deferWhileDown(work, down);',
    replace: 'void [down, deferWhileDown];',
    tests: ['test/unit/worker/igf-down.test.ts'],
  },
  {
    name: 'pace-removed',
    breaks: 'IGF is called as fast as messages come',
    file: 'functions/wiring/advance.ts',
    find: '    pace: rateLimiter(environment.IGF_CALLS_PER_SECOND),',
    replace: '',
    tests: ['test/integration/worker-under-outage.test.ts'],
  },
  {
    name: 'share-of-one-worker',
    breaks: 'all environments together call IGF faster than igfMaxPerSecond',
    file: 'infra/settings/igf-rate-limit.ts',
    find: 'senders.length * workerConcurrency + 1',
    replace: 'workerConcurrency + 1',
    tests: ['test/synth/igf-rate-limit.test.ts'],
  },
  {
    name: 'group-dropped',
    breaks: 'one kind of webhook keeps the others waiting',
    file: 'functions/wiring/ingest.ts',
    find: ', MessageGroupId: groupId }',
    replace: ' }',
    tests: ['test/integration/message-groups.test.ts'],
  },
];
