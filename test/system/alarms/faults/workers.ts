import { expect } from '@jest/globals';
import { rmaPath, type SimulatedStage } from '../simulated-stage.ts';
import { type Fault, igfAnswers, igfIsWell } from './fault.ts';

const refusedRma = async (stage: SimulatedStage): Promise<void> => {
  await igfAnswers(stage, 400, 'POST /listings', 1);
  expect(await stage.post(rmaPath, stage.rma())).toBe(202);
};

/** The workers fail, ItGoesForward does, or a message is parked. */
export const ofWorkers: readonly Fault[] = [
  {
    fault: "Winkelstraat's worker crashes once",
    begins: ({ wrong }) => wrong.crashing.add('WinkelstraatWorker'),
    over: { afterMinutes: 11, by: ({ wrong }) => wrong.crashing.clear() },
    hours: 2,
    rings: {},
  },
  {
    fault: "Winkelstraat's worker always crashes",
    begins: ({ wrong }) => wrong.crashing.add('WinkelstraatWorker'),
    hours: 3,
    rings: { 'winkelstraat-worker-errors': 30, 'winkelstraat-worker-fails-always': 30 },
  },
  {
    fault: "IGF's worker always crashes",
    begins: ({ wrong }) => wrong.crashing.add('IgfWorker'),
    over: { afterMinutes: 120, by: ({ wrong }) => wrong.crashing.clear() },
    hours: 5,
    rings: { 'igf-worker-errors': 40, 'igf-worker-fails-always': 40 },
  },
  {
    fault: "the trigger of Winkelstraat's worker is disabled",
    begins: ({ wrong }) => wrong.notInvoked.add('WinkelstraatWorker'),
    over: { afterMinutes: 120, by: ({ wrong }) => wrong.notInvoked.clear() },
    hours: 4,
    rings: { 'winkelstraat-not-polled': 75 },
  },
  {
    fault: 'IGF is down for ten minutes',
    begins: (stage) => igfAnswers(stage, 503),
    over: { afterMinutes: 10, by: igfIsWell },
    hours: 4,
    rings: {},
  },
  {
    fault: 'IGF is down for two hours',
    begins: (stage) => igfAnswers(stage, 503),
    over: { afterMinutes: 120, by: igfIsWell },
    hours: 8,
    rings: { 'igf-down': 90 },
  },
  {
    fault: 'IGF refuses our key',
    begins: (stage) => igfAnswers(stage, 401),
    hours: 3,
    rings: { 'igf-key-refused': 30, 'retried-for-an-hour': 90 },
  },
  {
    fault: 'the secret of our key at IGF is empty',
    begins: ({ aws }) => aws.secrets.delete('igf-key'),
    hours: 3,
    rings: { 'secret-unreadable': 30, 'retried-for-an-hour': 90 },
  },
  {
    fault: 'IGF answers 404 on a path that is only inferred',
    begins: (stage) => igfAnswers(stage, 404, 'GET /listings/{id}'),
    hours: 3,
    rings: { 'path-in-doubt': 125 },
  },
  {
    fault: 'somebody removes a subscription at IGF',
    begins: (stage) => stage.igf('/api/v1/webhooks/eventType/SHIPPED', undefined, 'DELETE'),
    hours: 4,
    rings: { 'subscription-lost': 61 },
  },
  {
    fault: 'IGF refuses a listing, and its message is parked',
    begins: refusedRma,
    hours: 3,
    rings: { 'winkelstraat-dlq-not-empty': 2 },
  },
  {
    fault: 'a second message is parked while the first one rests',
    begins: refusedRma,
    each: (stage, minute) => minute === 60 && refusedRma(stage),
    hours: 3,
    rings: { 'winkelstraat-dlq-not-empty': 2, 'winkelstraat-dlq-grows': 63 },
  },
  {
    fault: 'a parked message becomes ten days old',
    begins: refusedRma,
    each: (stage, minute) => minute === 10 && stage.table.parkedEarlier(9.98),
    hours: 3,
    rings: { 'winkelstraat-dlq-not-empty': 2, 'parked-for-ten-days': 60 },
  },
];
