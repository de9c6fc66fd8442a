import { once } from 'node:events';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

/** A message that SQS took. */
export interface SentMessage {
  readonly queueUrl: string;
  readonly body: string;
}

export interface SqsThreadData {
  readonly secret: string;
}

/** SQS as far as ingest uses it, by its rules of characters and size, and the secret. In a thread of its own. */
export interface CountingSqs {
  readonly url: string;
  /** Everything that was taken since the last call; what a function was told is taken is in it. */
  taken(): SentMessage[];
  close(): Promise<void>;
}

/** Starts it: its CPU time is not the function's, and its messages arrive with its answer, not some time later. */
export async function startCountingSqs(secret: string): Promise<CountingSqs> {
  const { port1, port2 } = new MessageChannel();
  const thread = new Worker(new URL('./sqs-thread.ts', import.meta.url), {
    workerData: { secret, taken: port2 },
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
    close: async () => {
      port1.close();
      await thread.terminate();
    },
  };
}
