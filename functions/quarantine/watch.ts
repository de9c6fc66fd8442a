import type { Context } from 'aws-lambda';
import { QuarantineWatchEnvironment, readEnvironment } from '../../lib/config/environment.ts';
import { oldestParkedSeconds, watchQuarantine } from '../../lib/quarantine/expiry-watch.ts';
import { rejectedIndex, rejectedItems } from '../../lib/quarantine/rejected-items.ts';
import { measure } from '../../lib/runtime/log.ts';
import { deliveries } from '../../lib/table/deliveries.ts';
import { tableItems } from '../../lib/table/dynamodb.ts';
import { igfPointers } from '../../lib/table/igf-pointers.ts';
import { readParked } from '../../lib/table/parked-deliveries.ts';
import { documentClient } from '../wiring/aws.ts';

const environment = readEnvironment(QuarantineWatchEnvironment);
const dynamodb = documentClient();
const now = () => Date.now();
const tableName = environment.TABLE_NAME;
const items = tableItems(dynamodb, tableName);

/** Runs on a schedule. The handler does not use the event. */
export const handler = async (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<{ expiring: number }> => {
  const expiring = await watchQuarantine(
    {
      index: rejectedIndex(dynamodb, { tableName, indexName: environment.TASKS_INDEX, now }),
      items: rejectedItems(items, now),
      table: { ...deliveries(items), ...igfPointers(items) },
      now,
      measure: (expiring) => measure('rejected-expiring', expiring),
    },
    () => context.getRemainingTimeInMillis(),
  );
  const parkedSeconds = oldestParkedSeconds(await readParked(dynamodb, tableName, now()), now());
  if (parkedSeconds > 0) measure('parked-oldest-seconds', parkedSeconds);
  return { expiring };
};
