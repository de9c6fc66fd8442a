import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { publisher } from '../../functions/wiring/aws.ts';
import { Bridge } from '../support/bridge.ts';
import { order, rma, shipment, v2Rma } from '../support/webhooks.ts';
import { localSettings, startWorld, type World } from '../support/world.ts';

let world: World;
let worker: Bridge;
let mailbox: string;
let mailboxes = 0;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  await world.igf.forget();
  const stack = await world.deploy();
  worker = new Bridge(world, stack, {
    notify: publisher(stack.topicArn, localSettings(world.addresses.sqs)),
  });
  mailbox = await subscribe(stack.topicArn);
});

/**
 * A queue that receives the published notices, like a mailbox.
 * @returns its URL
 */
async function subscribe(topicArn: string): Promise<string> {
  const { sqs, sns } = world.patient;
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `mailbox-${++mailboxes}` }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await sns.send(
    new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: Attributes?.QueueArn }),
  );
  return QueueUrl;
}

/** The notices since the last look, by subject. */
async function mail(): Promise<{ Subject: string; Message: string }[]> {
  const input = { QueueUrl: mailbox, MaxNumberOfMessages: 10 };
  const { Messages = [] } = await world.patient.sqs.send(new ReceiveMessageCommand(input));
  const letters = Messages.map(({ Body = '' }) => JSON.parse(Body) as { Subject: string; Message: string });
  return letters.length > 0 ? [...letters, ...(await mail())] : [];
}

/** Its item has a status that Winkelstraat does not document. */
const unclear = rma({}, { status: 'retour goedgekeurd' });

test('reaches the subscribers of the topic, in a form for people', async () => {
  await worker.takes(unclear);
  const [letter, ...others] = await mail();

  expect(others).toEqual([]);
  expect(letter?.Subject).toBe(`[prod] Order ${order}: Map the status of the return`);
  expect(letter?.Message).toContain('npx bridge unmapped --stage ');
  expect(letter?.Message).toContain(`npx bridge order ${order} --stage prod`);
  const { tasks, notifiedOf, noticeLease } = await worker.theReturn(order);
  expect({ notifiedOf, noticeLease }).toEqual({ notifiedOf: tasks, noticeLease: undefined });
  expect(tasks).toEqual([{ task: 'status-unknown' }]);
});

test('reaches people once, also when the webhook comes often and in parallel', async () => {
  await Promise.all(Array.from({ length: 30 }, () => worker.deliver(unclear)));
  await worker.finish();
  await worker.takes(unclear);

  expect(await mail()).toHaveLength(1);
});

test('is sent once for an unmapped term, although several returns wait for it', async () => {
  const unmapped = (rmaId: string, reason: string) => rma({ increment_id: rmaId }, { reason });
  await worker.takes(
    shipment(),
    unmapped('090', 'mouwen te wijd'),
    unmapped('091', 'Mouwen te wijd.'),
    unmapped('092', 'mouwen te lang'),
  );
  await worker.takes(rma({ order_increment_id: '000000550' }, { reason: 'mouwen te wijd' }));

  expect((await worker.returns(order)).map(({ state }) => state)).toEqual(Array(3).fill('NeedsMapping'));
  expect((await mail()).map(({ Subject }) => Subject)).toEqual([
    `[prod] Order ${order}: Map the text of the reason`,
    `[prod] Order ${order}: Map the text of the reason`,
  ]);
  expect(await worker.theReturn('000000550')).toMatchObject({ state: 'NeedsMapping' });
});

test('is in the index of open tasks with its time, also after a refusal', async () => {
  await world.igf.fault({ operation: 'POST /listings', status: 422 });
  await worker.takes(v2Rma());
  const item = await worker.item(
    `ORDER#${order}`,
    Object.keys(await worker.itemsOf(order)).find((sk) => sk.startsWith('RETURN#')) ?? '',
  );

  expect(item).toMatchObject({ state: 'Listing', task: 'ATTENTION', due: item?.attentionSince });
  expect(Date.parse(String(item?.attentionSince))).toBeGreaterThan(Date.parse('2025-01-01'));
  expect(await mail()).toHaveLength(1);
});
