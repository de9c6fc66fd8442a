import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:https';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** The least that any function can do: it signs the body as it is, and sends it. No checks, no retry, no timeout. */
const {
  QUEUE_URL = '',
  AWS_REGION = '',
  AWS_ACCESS_KEY_ID,
  AWS_SECRET_ACCESS_KEY,
  AWS_SESSION_TOKEN,
} = process.env;
const { host, hostname, port } = new URL(QUEUE_URL);
const agent = new Agent({ keepAlive: true });

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function signed(body: string): Record<string, string> {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = [time.slice(0, 8), AWS_REGION, 'sqs', 'aws4_request'];
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    host,
    'x-amz-date': time,
    'x-amz-security-token': AWS_SESSION_TOKEN ?? '',
    'x-amz-target': 'AmazonSQS.SendMessage',
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `POST\n/\n\n${lines.join('')}\n${names}\n${sha256(body)}`;
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${AWS_SECRET_ACCESS_KEY}`);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope.join('/')}\n${sha256(canonical)}`).toString(
    'hex',
  );
  const credential = `${AWS_ACCESS_KEY_ID}/${scope.join('/')}`;
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

export const handler = (event: APIGatewayProxyEventV2): Promise<{ statusCode: number }> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ QueueUrl: QUEUE_URL, MessageBody: event.body });
    const sent = request(
      { hostname, port, method: 'POST', path: '/', headers: signed(body), agent },
      (answer) => {
        answer.resume().on('end', () => resolve({ statusCode: answer.statusCode === 200 ? 202 : 500 }));
      },
    );
    sent.on('error', reject).end(body);
  });
