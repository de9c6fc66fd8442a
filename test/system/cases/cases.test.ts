import { afterAll, beforeAll, test } from '@jest/globals';
import { singleCases } from '../../cases/all-cases.ts';
import type { Case } from '../../cases/case.ts';
import { CaseOrder } from '../../cases/case-order.ts';
import { type RunningBridge, startBridge } from '../e2e/running-bridge.ts';
import { RunningCase } from './running-case.ts';

/** Every single case once, through the running system. The cases of one policy share a bridge, and run a few at a time. */
const atOnce = 4;

/** Where a case lets time pass, a day takes 24 seconds. */
const speedOf = (one: Case): number =>
  one.steps(new CaseOrder('0')).some(({ kind }) => kind === 'later') ? 3600 : 60;

const groupOf = (one: Case): string => JSON.stringify([speedOf(one), one.policy ?? {}]);

const numberOf = (one: Case): number => singleCases.indexOf(one) + 1;
const groups = Map.groupBy(singleCases, groupOf);
const results = new Map<Case, PromiseWithResolvers<void>>(
  singleCases.map((one) => [one, Promise.withResolvers()]),
);
let ended: Promise<unknown> | undefined;

beforeAll(() => {
  ended = runAll();
});
afterAll(() => ended);

for (const one of singleCases) test(one.name, () => results.get(one)?.promise);

async function runAll(): Promise<void> {
  for (const { promise } of results.values()) promise.catch(() => {});
  await Promise.all([...groups.values()].map(runGroup));
}

async function runGroup(cases: readonly Case[]): Promise<void> {
  const [first] = cases;
  if (!first) return;
  const speed = speedOf(first);
  let bridge: RunningBridge | undefined;
  try {
    const started = await startBridge({ context: { ...first.policy }, speed });
    bridge = started;
    const left = [...cases];
    const worker = async () => {
      for (let one = left.shift(); one; one = left.shift()) {
        const order = new CaseOrder(String(numberOf(one)).padStart(9, '0'));
        await new RunningCase(started, speed, order)
          .run(one)
          .then(results.get(one)?.resolve, results.get(one)?.reject);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  } catch (error) {
    for (const one of cases) results.get(one)?.reject(error);
  } finally {
    await bridge?.stop();
  }
}
