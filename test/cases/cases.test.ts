import { expect, test } from '@jest/globals';
import { allCases } from './all-cases.ts';
import { CaseOrder } from './case-order.ts';
import { InMemoryBridge } from './in-memory.ts';

for (const { name, policy, steps } of allCases) {
  test(name, async () => {
    const order = new CaseOrder('000000549');
    const bridge = new InMemoryBridge(order, policy);
    for (const step of steps(order)) await bridge.take(step);
    expect({ parked: bridge.parked, waiting: bridge.waiting }).toEqual({ parked: [], waiting: 0 });
  });
}

test('every case has a name of its own', () => {
  const names = allCases.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
