import { expect } from '@jest/globals';
import { rmaPath } from '../simulated-stage.ts';
import { everyMinute, type Fault } from './fault.ts';

/** The quarantine, the schedules, the table or the notices fail. */
export const ofTheStage: readonly Fault[] = [
  {
    fault: "the quarantine's worker can't store a rejected webhook",
    begins: async (stage) => {
      stage.table.refuses = 'rejected deliveries';
      expect(await stage.post(rmaPath, '{}')).toBe(406);
    },
    hours: 3,
    rings: { 'quarantine-waits': 62 },
  },
  {
    fault: 'nobody looks at a rejected webhook',
    begins: async (stage) => {
      expect(await stage.post(rmaPath, '{}')).toBe(406);
      stage.wrong.isSilent = true;
    },
    hours: 19,
    rings: { 'rejected-expiring': 18 * 60 + 16 },
  },
  {
    fault: "the reconciler's rule is disabled",
    begins: ({ wrong }) => wrong.notInvoked.add('ReconcilerFunction'),
    hours: 4,
    rings: { 'reconciler-stopped': 125 },
  },
  {
    fault: 'the index cannot be read for half an hour',
    begins: ({ table }) => (table.refuses = 'queries of the index'),
    over: { afterMinutes: 31, by: ({ table }) => (table.refuses = 'nothing') },
    hours: 3,
    rings: {},
  },
  {
    fault: "the watch's rule is disabled",
    begins: ({ wrong }) => wrong.notInvoked.add('QuarantineWatch'),
    hours: 3,
    rings: { 'watch-stopped': 65 },
  },
  {
    fault: 'the watch may not read the index',
    begins: ({ table }) => (table.refuses = 'queries of the index'),
    hours: 3,
    rings: { 'watch-fails': 65 },
  },
  {
    fault: 'the reconciler crashes',
    begins: ({ wrong }) => wrong.crashing.add('ReconcilerFunction'),
    hours: 4,
    rings: { 'reconciler-fails': 125 },
  },
  {
    fault: 'SNS takes no notices',
    begins: ({ aws }) => (aws.refuses.publish = true),
    each: (stage, minute) =>
      everyMinute(30, minute) && stage.post(rmaPath, stage.rma({ reason: 'a new reason' })),
    hours: 4,
    rings: { 'notices-not-sent': 125, 'retried-for-an-hour': 90 },
  },
  {
    fault: 'the table takes no writes of orders',
    begins: ({ table }) => (table.refuses = 'writes of orders'),
    over: { afterMinutes: 120, by: ({ table }) => (table.refuses = 'nothing') },
    hours: 8,
    rings: { 'retried-for-an-hour': 90 },
  },
];
