import { expect } from '@jest/globals';
import { rightKey, rmaPath, type SimulatedStage } from '../simulated-stage.ts';
import { everyMinute, type Fault, forward, igfAnswers, igfIsWell } from './fault.ts';

/** What goes wrong on an ordinary day, and heals by itself. */
async function busyDay(stage: SimulatedStage, minute: number): Promise<void> {
  const [hour, past] = [Math.floor(minute / 60), minute % 60];
  if (hour < 14 && everyMinute(15, past)) await stage.post(rmaPath, stage.rma());
  if (past === 35) await forward(stage);
  if (past === 50) await stage.post(rmaPath, '{}', { key: undefined });
  if (minute === 200) stage.wrong.crashing.add('IgfWorker');
  if (minute === 204) stage.wrong.crashing.clear();
  if (minute === 300) await igfAnswers(stage, 500, 'POST /listings', 3);
  if (minute === 400) await igfAnswers(stage, 503);
  if (minute === 425) await igfIsWell(stage);
  if (minute === 500) stage.wrong.key = 'mistyped';
  if (minute === 511) stage.wrong.key = rightKey;
  // Winkelstraat forgets the version of a webhook, and corrects it.
  if (minute === 600) rejected = stage.rma();
  if (minute === 600 || minute === 605)
    expect(await stage.post(rmaPath, rejected, { version: '' })).toBe(406);
  if (minute === 900) expect(await stage.post(rmaPath, rejected)).toBe(202);
  if (minute === 1440) expect(stage.table.forwarded()).toBeGreaterThan(15);
}
let rejected = '';

export const onABusyDay: readonly Fault[] = [
  {
    fault: 'a busy day on which small things go wrong and heal',
    begins: () => {},
    each: busyDay,
    over: { afterMinutes: 0, by: () => {} },
    hours: 25,
    rings: {},
  },
];
