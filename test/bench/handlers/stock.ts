import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** The reference of every ratio: the least code that puts a webhook into a queue by the SDK. It checks no key and no shape. */
const sqs = new SQSClient();

export async function handler(event: APIGatewayProxyEventV2): Promise<{ statusCode: number }> {
  const payload: unknown = JSON.parse(event.body ?? '');
  await sqs.send(
    new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify(payload) }),
  );
  return { statusCode: 202 };
}
