import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type ReturnRef, refOf } from '../returns/order.ts';
import type { Term } from '../returns/vocabulary.ts';
import { conditionalWrite, queryAll } from './dynamodb.ts';
import { keys, vocabularyPartition } from './keys.ts';
import { field, mappingsIn } from './term-mappings.ts';

/** Terms that had no mapping when they first came. */
export interface UnmappedTerms {
  /**
   * Notes that a term has no mapping, before a return waits for one. The index `tasks` lists the returns that
   * wait for a given term, and these notes list the terms.
   */
  noteUnmapped(term: Term, at: string): Promise<void>;
  /** The noted terms that still have no mapping. */
  readUnmappedTerms(): Promise<UnmappedTerm[]>;
  /**
   * Claims the notice about a term for one of the returns that wait for it. The claim never ends, but the
   * same return may claim again, so a later attempt repeats one that crashed. `other` when another return has
   * the claim.
   */
  claimTermNotice(term: Term, ref: ReturnRef): Promise<'ours' | 'other'>;
}

/** A term that had no mapping when it first came. */
export interface UnmappedTerm extends Term {
  /** When it first came, ISO 8601 UTC. */
  since: string;
}

const StoredTerm = z.object({ field, text: z.string(), since: z.string() });

export const unmappedTerms = (client: DynamoDBDocumentClient, tableName: string): UnmappedTerms => ({
  async noteUnmapped(term, at) {
    await client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keys.unmapped(term),
        UpdateExpression: 'SET #field = :field, #text = :text, since = if_not_exists(since, :at)',
        ExpressionAttributeNames: { '#field': 'field', '#text': 'text' },
        ExpressionAttributeValues: { ':field': term.field, ':text': term.text, ':at': at },
      }),
    );
  },

  async readUnmappedTerms() {
    const items = await queryAll(client, {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': vocabularyPartition },
    });
    const mappings = mappingsIn(items);
    return items
      .flatMap((item) => z.safeParse(StoredTerm, item).data ?? [])
      .filter((term) => !mappings[term.field].has(term.text));
  },

  async claimTermNotice(term, ref) {
    const update = new UpdateCommand({
      TableName: tableName,
      Key: keys.unmapped(term),
      UpdateExpression: 'SET noticeOwner = :ref',
      ConditionExpression:
        'attribute_not_exists(noticeOwner) OR (noticeOwner.orderId = :orderId AND noticeOwner.rmaId = :rmaId ' +
        'AND noticeOwner.itemId = :itemId)',
      ExpressionAttributeValues: {
        ':ref': refOf(ref),
        ':orderId': ref.orderId,
        ':rmaId': ref.rmaId,
        ':itemId': ref.itemId,
      },
    });
    return (await conditionalWrite(() => client.send(update))) ? 'ours' : 'other';
  },
});

/**
 * Whether a term was ever noted, strongly consistent. A term is noted before a return waits for it, so no
 * return waits for a term that was never noted.
 */
export async function wasUnmapped(
  client: DynamoDBDocumentClient,
  tableName: string,
  term: Term,
): Promise<boolean> {
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: keys.unmapped(term), ConsistentRead: true }),
  );
  return Item !== undefined;
}
