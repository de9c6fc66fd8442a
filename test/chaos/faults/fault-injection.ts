import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Addresses } from '../../../infra/local/endpoints.ts';
import { type Call, httpProxy, type ProxyHooks } from '../../support/http-proxy.ts';
import { SeededRandom } from '../seeded-random.ts';
import { Tally } from '../tally.ts';
import { dynamoDbFaults, sqsFaults } from './aws-faults.ts';
import { type NamedFault, pickFault } from './fault.ts';
import { igfFaults } from './igf-faults.ts';

export interface FaultInjectionOptions {
  readonly seed: number;
  /** By service and kind. */
  readonly faults: Tally;
  /** By service. */
  readonly calls: Tally;
  /** Called with every answer of IGF to a call that may change something there. */
  readonly onIgfAnswer: (call: Call, status: number, body: string) => void;
}

interface ThreadOptions {
  readonly faultInjection: { readonly addresses: Addresses; readonly seed: number };
}

type Counts = readonly (readonly [name: string, count: number])[];

type Message =
  | { readonly kind: 'ready'; readonly addresses: Addresses }
  | { readonly kind: 'igf answered'; readonly call: Call; readonly status: number; readonly body: string }
  | { readonly kind: 'counted'; readonly faults: Counts; readonly calls: Counts };

/**
 * Puts a proxy that injects faults before every service that a function calls. The proxies run in a thread of their own.
 * @returns the addresses of the proxies
 */
export async function injectFaults(
  addresses: Addresses,
  { seed, faults, calls, onIgfAnswer }: FaultInjectionOptions,
): Promise<AsyncDisposable & { readonly addresses: Addresses }> {
  const options: ThreadOptions = { faultInjection: { addresses, seed } };
  const thread = new Worker(new URL(import.meta.url), { workerData: options, execArgv: [] });
  const ready = Promise.withResolvers<Addresses>();
  thread.on('message', (message: Message) => {
    if (message.kind === 'ready') ready.resolve(message.addresses);
    if (message.kind === 'igf answered') onIgfAnswer(message.call, message.status, message.body);
    if (message.kind === 'counted') {
      for (const [name, count] of message.faults) faults.add(name, count);
      for (const [name, count] of message.calls) calls.add(name, count);
    }
  });
  void once(thread, 'error').then(([error]) => ready.reject(error));
  return {
    addresses: await ready.promise,
    [Symbol.asyncDispose]: async () => {
      await thread.terminate();
    },
  };
}

/** Counts are reported now and then: a message for each call would cost more than the call. */
const reportEveryMs = 250;

async function runProxies({ addresses, seed }: ThreadOptions['faultInjection']): Promise<void> {
  const report = (message: Message): void => parentPort?.postMessage(message);
  const random = new SeededRandom(seed);
  let [faults, calls] = [new Tally(), new Tally()];
  setInterval(() => {
    report({ kind: 'counted', faults: faults.all(), calls: calls.all() });
    [faults, calls] = [new Tally(), new Tally()];
  }, reportEveryMs);

  const proxy = async (
    service: string,
    target: string,
    faultsOf: (call: Call) => readonly NamedFault[],
    onAnswer?: ProxyHooks['onAnswer'],
  ): Promise<string> => {
    const onCall = (call: Call): NamedFault | undefined => {
      calls.add(service);
      // All listings are one kind of call: `PUT /listings/cancel/7` counts as `PUT /listings/cancel/{id}`.
      const kind = call.operation.replaceAll(/\/\d+(?=\/|$)/g, '/{id}');
      const fault = pickFault(faultsOf(call), random.draw(`${service} ${kind}`));
      if (fault) faults.add(`${service}: ${fault.name}`);
      return fault;
    };
    const { url } = await httpProxy(target, { onCall, ...(onAnswer && { onAnswer }) });
    return url;
  };
  const proxies: Addresses = {
    ...addresses,
    dynamodb: await proxy('DynamoDB', addresses.dynamodb, () => dynamoDbFaults),
    sqs: await proxy('SQS', addresses.sqs, sqsFaults),
    igf: await proxy('IGF', addresses.igf, igfFaults, (call, status, body) => {
      if (call.method !== 'GET') report({ kind: 'igf answered', call, status, body });
    }),
  };
  report({ kind: 'ready', addresses: proxies });
}

const isThreadOptions = (data: unknown): data is ThreadOptions =>
  typeof data === 'object' && data !== null && 'faultInjection' in data;

if (!isMainThread && isThreadOptions(workerData)) await runProxies(workerData.faultInjection);
