import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { host, listen } from '../../infra/local/listen.ts';

export interface AwsStub {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Answers `SendMessage` and `GetSecretValue` as AWS does and keeps nothing: what is measured is the function, not an
 * emulator. The SDK checks a sent message's MD5, so it must be right.
 */
export async function startAwsStub(secret: string): Promise<AwsStub> {
  const answers: Record<string, (input: { MessageBody?: string }) => object> = {
    'AmazonSQS.SendMessage': ({ MessageBody = '' }) => ({
      MessageId: randomUUID(),
      MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
    }),
    'secretsmanager.GetSecretValue': () => ({ SecretString: secret }),
  };
  const server = createServer(async (request, response) => {
    const input = (await json(request)) as { MessageBody?: string };
    const target = String(request.headers['x-amz-target']);
    const answer = answers[target];
    const body = JSON.stringify(answer?.(input) ?? { __type: 'UnknownOperationException', message: target });
    response.writeHead(answer ? 200 : 400, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(body),
      'x-amzn-requestid': randomUUID(),
    });
    response.end(body);
  });
  // A function that waits while others are measured finds its connection open again.
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, 0);
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
