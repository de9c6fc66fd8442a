import { inModule, type Mutation } from './mutation.ts';

const circuit = inModule<typeof import('../../lib/igf/circuit-breaker.ts')>('lib/igf/circuit-breaker.ts');
const errors = inModule<typeof import('../../lib/igf/errors.ts')>('lib/igf/errors.ts');
const advance = inModule<typeof import('../../lib/worker/advance.ts')>('lib/worker/advance.ts');
const limiter = inModule<typeof import('../../lib/igf/rate-limiter.ts')>('lib/igf/rate-limiter.ts');
const rate = inModule<typeof import('../../infra/settings/igf-rate-limit.ts')>(
  'infra/settings/igf-rate-limit.ts',
);
const delivery = inModule<typeof import('../../lib/ingest/delivery.ts')>('lib/ingest/delivery.ts');

/** While IGF is down: few calls, fair turns, all delivered afterwards. */
export const outage: readonly Mutation[] = [
  circuit('breaker-removed', 'igfCircuit', {
    breaks: 'every attempt of every message waits for a timeout while IGF is down',
    becomes: () => () => ({ refusal: () => undefined, run: (call) => call() }),
    tests: ['test/integration/worker-under-outage.test.ts'],
  }),
  errors('breaker-opens-on-answers', 'IgfUnavailableError', {
    breaks: 'an IGF that answers, and only slows us down, counts as down',
    becomes: (Original) =>
      class extends Original {
        override readonly status = undefined;
      },
    tests: ['test/unit/igf/circuit-breaker.test.ts', 'test/unit/igf/calls-that-are-not-made.test.ts'],
  }),
  circuit('breaker-never-closes', 'igfCircuit', {
    breaks: 'IGF is never called again once it was down',
    becomes:
      (original) =>
      ({ onChange, ...options } = {}) => {
        let lastReason: string | undefined;
        const real = original({
          ...options,
          onChange: (change) => {
            lastReason ??= change.reason;
            onChange?.(change);
          },
        });
        return { ...real, refusal: () => lastReason };
      },
    tests: ['test/unit/igf/circuit-breaker.test.ts', 'test/integration/outage.test.ts'],
  }),
  advance('claimed-while-down', 'advance', {
    breaks: 'every attempt claims a return and releases it again, for a call that is not made',
    becomes: (original) => (order, attempt, dependencies, timeLeft) =>
      original(order, attempt, { ...dependencies, circuit: undefined }, timeLeft),
    tests: ['test/unit/worker/igf-down.test.ts'],
  }),
  limiter('rate-limiter-removed', 'rateLimiter', {
    breaks: 'IGF is called as fast as messages come',
    becomes: () => () => ({ acquire: async () => true }),
    tests: ['test/integration/worker-under-outage.test.ts'],
  }),
  rate('share-of-one-worker', 'igfEnvironments', {
    breaks: 'all environments together call IGF faster than igfMaxPerSecond',
    becomes: () => (workers) => workers.workerConcurrency + 1,
    tests: ['test/synth/igf-rate-limit.test.ts'],
  }),
  delivery('group-dropped', 'deliveryMessage', {
    breaks: 'one kind of webhook keeps the others waiting',
    becomes: (original) => (webhook, accepted) => ({
      ...original(webhook, accepted),
      groupId: 'all',
    }),
    tests: ['test/integration/message-groups.test.ts'],
  }),
];
