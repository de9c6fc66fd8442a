import { parentPort, workerData } from 'node:worker_threads';
import type { Addresses } from '../../../infra/local/identities.ts';
import { Fates } from '../fate.ts';
import type { DisturbedThreadData, FromDisturbedThread } from './disturbed.ts';
import { awsOperation, dynamoDbFaults } from './dynamodb-faults.ts';
import { type Call, drawn, type Fault } from './fault.ts';
import { type FaultProxyOptions, faultProxy } from './fault-proxy.ts';
import { faultsOfIgf, igfOperation } from './igf-faults.ts';
import { sqsFaults, sqsOperation } from './sqs-faults.ts';
import { Tally } from './tally.ts';

const { addresses, seed } = workerData as DisturbedThreadData;
const fates = new Fates(seed);
let [faults, calls] = [new Tally(), new Tally()];
const tell = (message: FromDisturbedThread): void => parentPort?.postMessage(message);

/** Counts are told now and then: a message for each call would cost more than the call. */
const tellEveryMs = 250;
setInterval(() => {
  tell({ kind: 'counted', faults: faults.all(), calls: calls.all() });
  [faults, calls] = [new Tally(), new Tally()];
}, tellEveryMs);

async function before(
  service: string,
  target: string,
  operationOf: FaultProxyOptions['operationOf'],
  faultsFor: (call: Call) => readonly Fault[],
  onAnswer?: FaultProxyOptions['onAnswer'],
): Promise<string> {
  const proxy = await faultProxy({
    target,
    operationOf,
    faultOf: (call) => {
      calls.add(service);
      const fault = drawn(faultsFor(call), fates.next(`${service} ${call.operation}`));
      if (fault) faults.add(`${service}: ${fault.name}`);
      return fault;
    },
    ...(onAnswer && { onAnswer }),
  });
  return proxy.url;
}

const proxies: Addresses = {
  ...addresses,
  dynamodb: await before('DynamoDB', addresses.dynamodb, awsOperation, () => dynamoDbFaults),
  sqs: await before('SQS', addresses.sqs, sqsOperation, sqsFaults),
  igf: await before('IGF', addresses.igf, igfOperation, faultsOfIgf, (call, status, body) => {
    if (call.method !== 'GET') tell({ kind: 'igf answered', call, status, body });
  }),
};
tell({ kind: 'ready', addresses: proxies });
