import { plural } from '../../cli/output.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { deadLetterQueues } from '../dlq/dead-letter-queue.ts';
import { readAlarms } from '../status/read-alarms.ts';
import { type Finding, type Found, findings } from './finding.ts';

/** Checks the alarms of a bridge and its DLQs. */
export const checkRunning = async (bridge: OpenBridge): Promise<Finding[]> => [
  ...(await findings('alarms', async () => {
    const alarms = await readAlarms(bridge);
    if (alarms.length === 0)
      return [['failure', `the stack has none. Deploy it: npm run deploy -- --stage ${bridge.stage.name}`]];
    const ringing = alarms.filter(({ state }) => state === 'ALARM');
    if (ringing.length === 0) return [['ok', `none of ${alarms.length} rings`]];
    return ringing.map(({ name, text }): Found => ['failure', `${name} rings. ${text}`]);
  })),
  ...(await findings('DLQs', async () => {
    const parked = (await deadLetterQueues(bridge)).filter(({ count }) => count > 0);
    const command = bridge.command('parked');
    if (parked.length === 0) return [['ok', 'no message is parked']];
    return parked.map(
      ({ name, count }): Found => [
        'warning',
        `${plural(count, 'message')} of ${name} parked. This lists them: ${command}`,
      ],
    );
  })),
];
