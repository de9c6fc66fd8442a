import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { listen } from '../../infra/local/listen.ts';
import { host } from '../../infra/local-services.ts';
import type { SentMessage, SqsThreadData } from './sqs.ts';

const { taken, secret } = workerData as SqsThreadData & { taken: MessagePort };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const allowed = /^[\t\n\r\x20-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]+$/u;
const longestMessageBytes = 1024 * 1024;

interface Input {
  readonly QueueUrl?: string;
  readonly MessageBody?: string;
}

function send({ QueueUrl = '', MessageBody = '' }: Input): { status: number; answer: object } {
  if (Buffer.byteLength(MessageBody) > longestMessageBytes || !allowed.test(MessageBody)) {
    return { status: 400, answer: { __type: 'com.amazonaws.sqs#InvalidMessageContents' } };
  }
  // Before the answer: who has the answer finds the message.
  taken.postMessage({ queueUrl: QueueUrl, body: MessageBody } satisfies SentMessage);
  const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
  return { status: 200, answer: { MessageId: randomUUID(), MD5OfMessageBody } };
}

const server = createServer(async (request, response) => {
  const input = (await json(request)) as Input;
  const target = String(request.headers['x-amz-target']);
  const { status, answer } = target.endsWith('SendMessage')
    ? send(input)
    : { status: 200, answer: { SecretString: secret } };
  const text = JSON.stringify(answer);
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
  });
  response.end(text);
});
server.keepAliveTimeout = 60_000;
const port = await listen(server, 0);
parentPort?.postMessage(`http://${host}:${port}`);
