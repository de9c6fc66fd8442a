import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { printable } from '../../cli/printable.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { placeDetails, placeOptions, withBridge } from '../aws/open-bridge.ts';
import type { Command } from '../command.ts';
import { time } from '../order/time.ts';
import { faultLine, openQuarantine, readingNeeds, readToday, timeLeft } from './quarantine.ts';

/** Lists what was answered 406 and waits for somebody. */
export const rejected: Command = {
  name: 'rejected',
  positionals: [],
  options: placeOptions,
  summary: 'lists what was answered 406, with the time left until its sender gives up',
  details: `A sender that was answered 406 delivers again for 24 hours. What it sent is kept for 30 days, so that it can be
replayed after the schema is corrected. Exit code 0: nothing waits, 1: something does.

${placeDetails}`,
  async run(input, print) {
    const lines = await withBridge(input, readingNeeds, async (bridge) => {
      const quarantine = await openQuarantine(bridge);
      const length = shortLength(quarantine.waiting.map(({ id }) => id));
      const told: string[] = [];
      for (const delivery of quarantine.waiting) {
        const { id, webhook, deliveries, firstSeen, lastSeen } = delivery;
        const times = deliveries === 1 ? 'once' : `${deliveries} times, the last ${time(lastSeen)}`;
        told.push(
          `${id.slice(0, length)}  ${printable(webhook)}  ${timeLeft(delivery, Date.now())}`,
          `  delivered  ${time(firstSeen)}, ${times}`,
          `  refused    ${faultLine(delivery.errors)}`,
          `  today      ${await verdict(delivery, quarantine)}`,
        );
      }
      return told;
    });
    for (const line of lines) print(line);
    if (lines.length === 0) print('Nothing waits that was answered 406.');
    return lines.length > 0 ? 1 : 0;
  },
};

async function verdict(
  delivery: RejectedDelivery,
  { wasAccepted }: Awaited<ReturnType<typeof openQuarantine>>,
): Promise<string> {
  if (await wasAccepted(delivery)) return 'it was accepted as well: nothing is missing';
  const result = await readToday(delivery);
  return 'accepted' in result
    ? 'passes: npm run ops -- rejected replay puts it on its queue'
    : `still fails: ${faultLine(result.errors)}`;
}
