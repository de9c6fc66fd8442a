import { plural } from '../../cli/output.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { deadLetterQueues } from '../dlq/dead-letter-queue.ts';
import { readAlarms } from '../status/read-alarms.ts';
import { type Finding, failure, findings, ok, warning } from './finding.ts';

/** Checks the alarms of a bridge and its DLQs. */
export const checkRunning = async (bridge: OpenBridge): Promise<Finding[]> => [
  ...(await findings('alarms', async () => {
    const alarms = await readAlarms(bridge);
    const ringing = alarms.filter(({ state }) => state === 'ALARM');
    const deploy = `npm run deploy -- --stage ${bridge.stage.name}`;
    if (alarms.length === 0) return failure(`the stack has none. Deploy it: ${deploy}`);
    if (ringing.length === 0) return ok(`none of ${alarms.length} rings`);
    return ringing.map(({ name, text }) => failure(`${name} rings. ${text}`));
  })),
  ...(await findings('DLQs', async () => {
    const parked = (await deadLetterQueues(bridge)).filter(({ count }) => count > 0);
    if (parked.length === 0) return ok('no message is parked');
    const list = `This lists them: ${bridge.command('parked')}`;
    return parked.map(({ name, count }) => warning(`${plural(count, 'message')} of ${name} parked. ${list}`));
  })),
];
