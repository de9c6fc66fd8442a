import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { CommandError } from '../../infra/cli/command-line.ts';
import { documentsOf, type TableClient, tableClient } from '../../infra/ops/aws/open-bridge.ts';
import { answerTasks, releaseReturn, sendAdvance } from '../../infra/ops/returns/change-return.ts';
import { type ReturnRef, returnIn } from '../../lib/returns/order.ts';
import { todoOf } from '../../lib/returns/tasks.ts';

const by = 'a person';

/** Does what returns ask for, and says so with the operator's commands. No call of a person fails. */
export class Person {
  readonly #bridge: TableClient;
  readonly #queue: { readonly sqs: SQSClient; queueUrl(): string; now(): number };

  constructor(place: { dynamodb: DynamoDBClient; sqs: SQSClient; table: string; queueUrl: string }) {
    const { dynamodb, sqs, table, queueUrl } = place;
    this.#bridge = tableClient(documentsOf(dynamodb), table);
    this.#queue = { sqs, queueUrl: () => queueUrl, now: Date.now };
  }

  /** `npx bridge done`. @returns false while the return does not ask for this, or asks for something else by now */
  async does(ref: ReturnRef, asked: string): Promise<boolean> {
    const at = new Date().toISOString();
    const item = returnIn(await this.#bridge.store.readOrder(ref.orderId), ref);
    const todo = item && todoOf(item, at);
    if (!todo?.text.includes(asked)) return false;
    try {
      await answerTasks(this.#bridge, ref, todo.tasks, { note: 'done', by, at });
    } catch (error) {
      if (error instanceof CommandError) return false;
      throw error;
    }
    await sendAdvance(this.#queue, ref.orderId, `DONE#${ref.rmaId}/${ref.itemId}#${at}`, by);
    return true;
  }

  /** `npx bridge advance <rma>/<item> --release`. */
  async releases(ref: ReturnRef): Promise<void> {
    const at = new Date().toISOString();
    await releaseReturn(this.#bridge, ref, { at, by });
    await sendAdvance(this.#queue, ref.orderId, `RELEASE#${ref.rmaId}/${ref.itemId}#${at}`, by);
  }
}
