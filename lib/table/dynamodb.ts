import { ConditionalCheckFailedException, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  paginateQuery,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { type ReturnRef, refOf } from '../returns/order.ts';
import { epochSeconds } from '../runtime/time.ts';
import type { Key } from './keys.ts';

/** A table item as the SDK gives it. */
export type StoredItem = Record<string, unknown>;

/** What an update writes. The names and values of a condition can refer to it: `#name` and `:name`. */
interface Assignments {
  /** `null` removes an attribute, and `undefined` changes nothing. */
  set?: StoredItem;
  /** Attributes that an item keeps once it has them. */
  setOnce?: StoredItem;
  /** Lists that get one more entry; `undefined` changes nothing. */
  append?: StoredItem;
  /** Numbers that are raised by so much, and sets that get these elements. */
  add?: StoredItem;
  /** Sets that lose these elements. */
  remove?: StoredItem;
}

/** Reads are strongly consistent. A write gives undefined when its condition did not hold and nothing was written. */
export const tableItems = (client: DynamoDBDocumentClient, TableName: string) => ({
  /** @param attributes only these; without it, all */
  async get(key: Key, attributes?: readonly string[]): Promise<StoredItem | undefined> {
    const input = { TableName, Key: key, ConsistentRead: true, ...(attributes && projection(attributes)) };
    return (await client.send(new GetCommand(input))).Item;
  },

  /** The items of a partition. @param where a condition on their sort key, such as `sk < :sk` */
  async query(pk: string, where?: string, sk?: string): Promise<StoredItem[]> {
    const input = {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: where ? `pk = :pk AND ${where}` : 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
    };
    return (await Array.fromAsync(paginateQuery({ client }, input))).flatMap(({ Items = [] }) => Items);
  },

  put: (item: StoredItem, more?: Partial<PutCommandInput>) =>
    conditionalWrite(() => client.send(new PutCommand({ TableName, Item: item, ...more }))),

  update(key: Key, assignments: Assignments, more: Partial<UpdateCommandInput> = {}) {
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values, ...others } = more;
    const built = updateOf(assignments);
    const allValues = { ...built.values, ...values };
    const update = new UpdateCommand({
      TableName,
      Key: key,
      UpdateExpression: built.expression,
      ...others,
      ExpressionAttributeNames: { ...built.names, ...names },
      ...(Object.keys(allValues).length > 0 && { ExpressionAttributeValues: allValues }),
    });
    return conditionalWrite(() => client.send(update));
  },
});

/** The part of a read that names the attributes to read. */
export const projection = (attributes: readonly string[]) => ({
  ProjectionExpression: attributes.map((_, at) => `#n${at}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((name, at) => [`#n${at}`, name])),
});

export type TableItems = ReturnType<typeof tableItems>;

function updateOf({ set = {}, setOnce = {}, append = {}, add = {}, remove = {} }: Assignments) {
  const fields = Object.entries(set).filter(([, value]) => value !== undefined);
  const written = fields.filter(([, value]) => value !== null);
  const removed = fields.filter(([, value]) => value === null);
  const appended = Object.entries(append).filter(([, entry]) => entry !== undefined);
  const once = Object.keys(setOnce).map((name) => `#${name} = if_not_exists(#${name}, :${name})`);
  const clauses = {
    SET: [
      ...once,
      ...written.map(([name]) => `#${name} = :${name}`),
      ...appended.map(([name]) => `#${name} = list_append(if_not_exists(#${name}, :empty), :${name})`),
    ],
    REMOVE: removed.map(([name]) => `#${name}`),
    ADD: Object.keys(add).map((name) => `#${name} :${name}`),
    DELETE: Object.keys(remove).map((name) => `#${name} :${name}`),
  };
  const names = Object.keys({
    ...setOnce,
    ...Object.fromEntries([...fields, ...appended]),
    ...add,
    ...remove,
  });
  const values = [
    ...Object.entries({ ...setOnce, ...Object.fromEntries(written), ...add, ...remove }),
    ...appended.flatMap(([name, entry]) => [[name, [entry]] as const, ['empty', []] as const]),
  ];
  return {
    expression: Object.entries(clauses)
      .flatMap(([verb, parts]) => (parts.length > 0 ? `${verb} ${parts.join(', ')}` : []))
      .join(' '),
    names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    values: Object.fromEntries(values.map(([name, value]) => [`:${name}`, value])),
  };
}

/** @param write starts it: an earlier promise could reject before anybody awaits it, which ends the process */
async function conditionalWrite<Answer>(write: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

/** The condition that an item, or its attribute `owner`, names no other return than this one. */
export function unlessOfAnother(ref: ReturnRef, owner?: string) {
  const ids = Object.entries(refOf(ref));
  const isSame = ids.map(([name]) => `${owner ? `${owner}.` : ''}${name} = :${name}`).join(' AND ');
  return {
    ConditionExpression: `attribute_not_exists(${owner ?? 'orderId'}) OR (${isSame})`,
    ExpressionAttributeValues: Object.fromEntries(ids.map(([name, value]) => [`:${name}`, value])),
  };
}

/** Whether an item counts. One that expires is deleted some time later. @param now see `epochSeconds` */
export const isLive = ({ expiresAt }: { readonly expiresAt?: unknown }, now: string | number): boolean =>
  expiresAt === undefined || Number(expiresAt) > epochSeconds(now);

const refusals = new Set(['ValidationException', 'SerializationException']);

/** Why DynamoDB will never accept this write, if so. Its own message, which may quote a value, is not repeated. */
export function whyUnstorable(error: unknown): string | undefined {
  if (!(error instanceof DynamoDBServiceException) || !refusals.has(error.name)) return undefined;
  return `the table cannot store its content: ${whatIsWrong(error.message)} (${error.name})`;
}

function whatIsWrong(message: string): string {
  if (/item size/i.test(message)) return 'an item would be larger than 400 KB';
  if (/key/i.test(message)) return 'a key would be empty, or longer than DynamoDB accepts';
  return 'DynamoDB refuses one of its values';
}
