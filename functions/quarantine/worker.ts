import { SQSClient } from '@aws-sdk/client-sqs';
import { QuarantineEnvironment, readEnvironment } from '../../lib/config/environment.ts';
import { quarantineHandler } from '../../lib/quarantine/quarantine-handler.ts';
import { rejectedItems } from '../../lib/quarantine/rejected-items.ts';
import { clientSettings } from '../../lib/runtime/aws-clients.ts';
import { tableItems } from '../../lib/table/dynamodb.ts';
import { sqsQueue } from '../../lib/worker/acknowledge.ts';
import { documentClient } from '../wiring/aws.ts';

const environment = readEnvironment(QuarantineEnvironment);
const now = () => Date.now();

export const handler = quarantineHandler({
  items: rejectedItems(tableItems(documentClient(), environment.TABLE_NAME), now),
  queue: sqsQueue(new SQSClient(clientSettings), environment),
  now,
  random: () => Math.random(),
});
