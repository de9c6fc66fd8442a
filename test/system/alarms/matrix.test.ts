import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Fault } from './faults/fault.ts';
import { faults } from './faults/faults.ts';
import { SimulatedStage } from './simulated-stage.ts';
import { type Surroundings, simulatedSurroundings } from './simulated-surroundings.ts';

/** A day of a stage takes seconds, more on a busy machine. */
let surroundings: Surroundings;
beforeAll(async () => {
  surroundings = await simulatedSurroundings();
});
afterAll(async () => {
  jest.restoreAllMocks();
  await surroundings?.[Symbol.asyncDispose]();
});

/** In minutes. */
const before = 60;
const minuteMs = 60_000;

async function happens({ begins, each = () => {}, over, hours }: Fault) {
  const stage = await SimulatedStage.start(surroundings);
  await stage.pass(before);
  const early = [...stage.rang.keys()];
  const from = stage.now;
  await begins(stage);
  await stage.pass(hours * 60, async (minute) => {
    if (minute === over?.afterMinutes) await over.by(stage);
    await each(stage, minute);
  });
  const rang = Object.fromEntries([...stage.rang].map(([name, at]) => [name, (at - from) / minuteMs]));
  return { early, rang, atTheEnd: stage.ringing() };
}

describe.each(faults)('$fault', (fault) => {
  const { rings, over } = fault;
  const names = Object.keys(rings).sort();

  test(`rings ${names.join(', ') || 'nothing'}`, async () => {
    const { early, rang, atTheEnd } = await happens(fault);
    expect(early).toEqual([]);
    expect(Object.keys(rang).sort()).toEqual(names);
    const late = Object.entries(rang).filter(([name, minutes]) => minutes > (rings[name] ?? 0));
    expect(late).toEqual([]);
    if (over) expect(atTheEnd).toEqual([]);
  });
});
