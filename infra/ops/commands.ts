import type { Command } from './command.ts';
import { igfDocs } from './igf/docs.ts';
import { igfRetailer } from './igf/retailer.ts';
import { igfStatus } from './igf/status.ts';
import { igfSubscribe } from './igf/subscribe.ts';
import { igfUnsubscribe } from './igf/unsubscribe.ts';
import { igfVerify } from './igf/verify.ts';
import { order } from './order/story.ts';
import { failed } from './parked/failed.ts';
import { redrive } from './parked/redrive.ts';
import { rejected } from './quarantine/rejected.ts';
import { rejectedReplay } from './quarantine/replay.ts';
import { rejectedShow } from './quarantine/show.ts';
import { mapCondition, mapReason, mapResolution } from './vocabulary/map.ts';
import { unmapped } from './vocabulary/unmapped.ts';

/** Every operator command, in the order of the help. */
export const commands: readonly Command[] = [
  order,
  failed,
  redrive,
  rejected,
  rejectedShow,
  rejectedReplay,
  unmapped,
  mapReason,
  mapCondition,
  mapResolution,
  igfSubscribe,
  igfUnsubscribe,
  igfStatus,
  igfRetailer,
  igfVerify,
  igfDocs,
];
