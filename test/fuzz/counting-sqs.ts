import { once } from 'node:events';
import {
  isMainThread,
  MessageChannel,
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import { type SentMessage, startAwsStub } from '../support/aws-stub.ts';

/** SQS and Secrets Manager for ingest functions, in a thread of its own. */
export interface CountingSqs extends AsyncDisposable {
  readonly url: string;
  /** The messages since the last call. It has every message whose function got its answer. */
  taken(): SentMessage[];
}

interface ThreadOptions {
  readonly countingSqs: { readonly secret: string; readonly port: MessagePort };
}

/** Starts the thread: its CPU time is not the function's, and a message is there as soon as its answer is. */
export async function startCountingSqs(secret: string): Promise<CountingSqs> {
  const { port1, port2 } = new MessageChannel();
  const thread = new Worker(new URL(import.meta.url), {
    workerData: { countingSqs: { secret, port: port2 } } satisfies ThreadOptions,
    transferList: [port2],
    execArgv: [],
  });
  const [url] = (await once(thread, 'message')) as [string];
  return {
    url,
    taken: () => {
      const messages: SentMessage[] = [];
      for (let next = receiveMessageOnPort(port1); next; next = receiveMessageOnPort(port1)) {
        messages.push(next.message as SentMessage);
      }
      return messages;
    },
    [Symbol.asyncDispose]: async () => {
      port1.close();
      await thread.terminate();
    },
  };
}

const isThreadOptions = (data: unknown): data is ThreadOptions =>
  typeof data === 'object' && data !== null && 'countingSqs' in data;

if (!isMainThread && isThreadOptions(workerData)) {
  const { secret, port } = workerData.countingSqs;
  void startAwsStub(secret, (message) => port.postMessage(message)).then(({ url }) =>
    parentPort?.postMessage(url),
  );
}
