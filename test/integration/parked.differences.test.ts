import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Bridge } from '../support/bridge.ts';
import { eachOperated, messageOf, type Operator, parkRefusedListing } from '../support/operator.ts';
import { order, rma } from '../support/webhooks.ts';
import type { World } from '../support/world.ts';

let world: World;
let worker: Bridge;
let operator: Operator;

eachOperated((fresh) => {
  ({ world, worker, operator } = fresh);
});

describe('where table and DLQ differ', () => {
  test('the DLQ has more when SQS moved a message itself, or a message has no order', async () => {
    await operator.bury(messageOf(rma()));
    await worker.put('tomorrow');
    await worker.drain();
    const { code, lines } = await operator.parked();
    expect(code).toBe(1);
    expect(lines[0]).toBe('winkelstraat: 2 messages in the DLQ, 0 parked in the table.');
    expect(lines[1]).toMatch(/^ {2}2 more in the DLQ than in the table/);
  });

  test('a message that SQS dropped after 14 days is reported, and that no redrive can repeat it', async () => {
    const event = await parkRefusedListing(world, worker);
    await worker.parked();
    await world.dynamodb.send(
      new UpdateCommand({
        TableName: worker.stack.table,
        Key: { pk: `ORDER#${order}`, sk: `EVENT#${event}` },
        UpdateExpression: 'SET due = :due',
        ExpressionAttributeValues: { ':due': new Date(Date.now() - 15 * 86_400_000).toISOString() },
      }),
    );
    const { text } = await operator.parked();
    expect(text).toMatch(/15 d ago, SQS has deleted its message\)/);
    expect(text).toMatch(/1 of the table's was parked more than 14 days ago/);

    await world.sqs.send(new PurgeQueueCommand({ QueueUrl: worker.stack.deadLetters.url }));
    await operator.parked('redrive', '--by', 'jan');
    const { deliveries } = JSON.parse((await operator.run('order', order, '--json')).text);
    expect(deliveries.flatMap(({ operations }: { operations: unknown[] }) => operations)).toEqual([]);
    expect((await operator.parked('dismiss', event, '--reason', 'it is gone')).code).toBe(0);
  });

  test('an id without its message is explained', async () => {
    const event = await parkRefusedListing(world, worker);
    await world.sqs.send(new PurgeQueueCommand({ QueueUrl: worker.stack.deadLetters.url }));
    const { code, complaints } = await operator.parked('redrive', '--id', event);
    expect(code).toBe(1);
    expect(complaints).toEqual([expect.stringMatching(/no DLQ has its message/)]);

    const dismissed = await operator.parked('dismiss', event, '--reason', 'a test order');
    expect(dismissed).toMatchObject({ code: 1, text: expect.stringMatching(/No DLQ has its message\./) });
    expect((await operator.parked()).code).toBe(0);
  });
});
