import { inModule, type Mutation } from './mutation.ts';

const tasks = inModule<typeof import('../../lib/returns/tasks.ts')>('lib/returns/tasks.ts');
const cases = inModule<typeof import('../cases/all-cases.ts')>('test/cases/all-cases.ts');
const steps = inModule<typeof import('../../lib/rules/steps.ts')>('lib/rules/steps.ts');
const refusal = inModule<typeof import('../../lib/igf/refusal-reasons.ts')>('lib/igf/refusal-reasons.ts');
const forwarding = inModule<typeof import('../../lib/decide/rules/forwarding.ts')>(
  'lib/decide/rules/forwarding.ts',
);
const waiting = inModule<typeof import('../../infra/ops/returns/waiting-returns.ts')>(
  'infra/ops/returns/waiting-returns.ts',
);

/** What people read is true, and they are asked for all that only they can do. */
export const operators: readonly Mutation[] = [
  tasks('answered-for-good', 'isAnswered', {
    breaks: 'a task that a person did for one amount is not asked again for another amount',
    becomes: () => (answers, task) => answers?.some((answer) => answer.task === task.task) ?? false,
    tests: ['test/unit/decide/money.test.ts'],
  }),
  cases('ledger-out-of-date', 'allCases', {
    breaks: 'a test is renamed, and the assumption that it holds names it no more',
    becomes: (original) => original.map((each) => ({ ...each, name: each.name.toUpperCase() })),
    tests: ['test/unit/assumptions.test.ts'],
  }),
  tasks('waits-for-ever', 'isOverdue', {
    breaks: 'a return waits for a shipment that never comes, and nobody is asked',
    becomes: () => () => false,
    tests: ['test/unit/decide/waiting.test.ts'],
  }),
  steps('reason-out-of-date', 'followIgf', {
    breaks: 'a return that was sold still says that its article is on offer',
    becomes: (original) => (view) => ({ ...original(view), why: view.item.why }),
    tests: ['test/lives/contradictions.test.ts'],
  }),
  refusal('refusal-without-reasons', 'refusalReasons', {
    breaks: 'IGF says which field it refuses, and nobody learns it',
    becomes: (original) => (body, sent) => ({ ...original(body, sent), paths: [], texts: [] }),
    tests: ['test/unit/igf/refusal-reasons.test.ts'],
  }),
  forwarding('buyer-not-asked-for', 'readUnknownBuyer', {
    breaks: 'somebody bought an article, and the bridge does not ask IGF for the order',
    becomes: () => () => undefined,
    tests: ['test/unit/decide/rules.test.ts'],
  }),
  waiting('old-returns-advanced', 'readKeptBack', {
    breaks: 'the first day of mode=live lists returns that were requested months ago',
    becomes: (original) => async (bridge) => {
      const keptBack = await original(bridge);
      return keptBack.map((each) => ({ ...each, requestedAt: new Date().toISOString() }));
    },
    tests: ['test/integration/attention-commands.test.ts'],
  }),
];
