import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { z } from 'zod';

/** The same job as most write it: middy, the SDK's clients and zod, with the secret and every connection on demand. */
const sqs = new SQSClient();
const secrets = new SecretsManagerClient();

const Rma = z.looseObject({
  increment_id: z.string(),
  order_increment_id: z.string(),
  items: z.array(z.looseObject({ sku: z.string(), qty_requested: z.coerce.number().optional() })),
});

let key: string | undefined;

async function receive(event: APIGatewayProxyEventV2): Promise<{ statusCode: number }> {
  if (key === undefined) {
    const SecretId = process.env.SENDER_KEY_SECRET_ID;
    ({ SecretString: key } = await secrets.send(new GetSecretValueCommand({ SecretId })));
  }
  if (event.headers['x-api-key'] !== key) return { statusCode: 401 };
  const { success, data } = Rma.safeParse(event.body);
  if (!success) return { statusCode: 406 };
  const MessageBody = JSON.stringify({ receivedAt: new Date().toISOString(), payload: data });
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody }));
  console.info({ step: 'queued' });
  return { statusCode: 202 };
}

export const handler = middy<APIGatewayProxyEventV2, { statusCode: number }>()
  .use(httpJsonBodyParser())
  .handler(receive);
