import { CreateQueueCommand, GetQueueUrlCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startSqs } from '../../../infra/local/sqs.ts';
import { addresses, realTime } from './fixture.ts';

const { region } = addresses;

const hooks = { signal: new AbortController().signal, onUnexpectedExit: () => {} };
let sqs: Awaited<ReturnType<typeof startSqs>>;
beforeAll(async () => {
  sqs = await startSqs({ port: 0, region, clock: realTime }, hooks);
});
afterAll(() => sqs[Symbol.asyncDispose]());

const clientOf = (clientRegion: string) =>
  new SQSClient({
    endpoint: sqs.url,
    region: clientRegion,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });

describe('the local SQS', () => {
  test('names queues by an address that resolves everywhere, whatever region a client is of', async () => {
    const url = `${sqs.url}/000000000000/orders`;
    const [here, elsewhere] = [clientOf(region), clientOf('us-east-1')];
    expect(await here.send(new CreateQueueCommand({ QueueName: 'orders' }))).toMatchObject({ QueueUrl: url });
    expect(await elsewhere.send(new GetQueueUrlCommand({ QueueName: 'orders' }))).toMatchObject({
      QueueUrl: url,
    });
    expect(await elsewhere.send(new ListQueuesCommand({}))).toMatchObject({ QueueUrls: [url] });
    here.destroy();
    elsewhere.destroy();
  });

  test('stops starting when the start is aborted', async () => {
    const controller = new AbortController();
    const started = startSqs({ port: 0, region, clock: realTime }, { ...hooks, signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(started).rejects.toThrow('enough');
  });
});
