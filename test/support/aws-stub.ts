import { createHash, randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import { type LocalServer, startServer } from '../../infra/local/listen.ts';

/** A message that SQS accepted. */
export interface SentMessage {
  readonly queueUrl: string;
  readonly body: string;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const allowed = /^[\t\n\r\x20-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]+$/u;
const longestMessageBytes = 1024 * 1024;

interface Input {
  readonly QueueUrl?: string;
  readonly MessageBody?: string;
}

/**
 * Answers `SendMessage`, by SQS's rules of characters and size, and `GetSecretValue`, and stores nothing: the function is
 * measured, not an emulator. The SDK checks a sent message's MD5, so it must be right.
 * @param onMessage called with each message, before the answer is sent
 */
export function awsStub(
  secret: string,
  onMessage: (message: SentMessage) => void = () => {},
): RequestListener {
  const sendMessage = ({ QueueUrl = '', MessageBody = '' }: Input): [status: number, answer: object] => {
    if (Buffer.byteLength(MessageBody) > longestMessageBytes || !allowed.test(MessageBody)) {
      return [400, { __type: 'com.amazonaws.sqs#InvalidMessageContents' }];
    }
    onMessage({ queueUrl: QueueUrl, body: MessageBody });
    const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
    return [200, { MessageId: randomUUID(), MD5OfMessageBody }];
  };
  return async (request, response) => {
    const input = (await json(request)) as Input;
    const target = String(request.headers['x-amz-target']);
    const [status, answer] = target.endsWith('.SendMessage')
      ? sendMessage(input)
      : target.endsWith('.GetSecretValue')
        ? [200, { SecretString: secret }]
        : [400, { __type: 'UnknownOperationException', message: target }];
    const body = JSON.stringify(answer);
    response.writeHead(status, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(body),
      'x-amzn-requestid': randomUUID(),
    });
    response.end(body);
  };
}

export const startAwsStub = (
  secret: string,
  onMessage?: (message: SentMessage) => void,
): Promise<LocalServer> => startServer(awsStub(secret, onMessage));
