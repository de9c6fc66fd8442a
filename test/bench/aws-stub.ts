import { createHash, randomUUID } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { type LocalServer, startServer } from '../../infra/local/listen.ts';

/**
 * Answers `SendMessage` and `GetSecretValue` as AWS does and keeps nothing: what is measured is the function, not an
 * emulator. The SDK checks a sent message's MD5, so it must be right.
 */
export function startAwsStub(secret: string): Promise<LocalServer> {
  const answers: Record<string, (input: { MessageBody?: string }) => object> = {
    'AmazonSQS.SendMessage': ({ MessageBody = '' }) => ({
      MessageId: randomUUID(),
      MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
    }),
    'secretsmanager.GetSecretValue': () => ({ SecretString: secret }),
  };
  return startServer(async (request, response) => {
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
}
