import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import {
  builtInOnly,
  type Meaning,
  meanings,
  type Term,
  type TermMappings,
  type TextField,
  textFields,
} from '../returns/vocabulary.ts';
import { queryAll } from './dynamodb.ts';
import { keys, unmappedPrefix, vocabularyPartition } from './keys.ts';

/** The mappings of operators. */
export interface StoredMappings {
  /** Strongly consistent: a mapping counts from the moment when it is written. */
  readMappings(): Promise<TermMappings>;
}

/** The meaning of a term. */
export interface Mapping extends Term {
  meaning: Meaning<TextField>;
}

export const field = z.enum(textFields);
const StoredMapping = z.object({ field, text: z.string(), meaning: z.string() });

const isMeaning = <Field extends TextField>(of: Field, meaning: string): meaning is Meaning<Field> =>
  (meanings[of] as readonly string[]).includes(meaning);

/** @returns undefined when a text in this field can't have this meaning */
export const mappingOf = (of: TextField, text: string, meaning: string): Mapping | undefined =>
  isMeaning(of, meaning) ? { field: of, text, meaning } : undefined;

/** The vocabulary with more mappings. They replace earlier mappings of the same term. */
export function withMappings(vocabulary: TermMappings, ...mappings: readonly Mapping[]): TermMappings {
  const of = <Field extends TextField>(wanted: Field): ReadonlyMap<string, Meaning<Field>> =>
    new Map([
      ...vocabulary[wanted],
      ...mappings.flatMap((mapping): [string, Meaning<Field>][] =>
        mapping.field === wanted && isMeaning(wanted, mapping.meaning)
          ? [[mapping.text, mapping.meaning]]
          : [],
      ),
    ]);
  return {
    reason: of('reason'),
    condition: of('condition'),
    resolution: of('resolution'),
    status: of('status'),
  };
}

/**
 * The mappings among the items of the vocabulary. Items of another shape, because a person changed them, are
 * left out.
 */
export function mappingsIn(items: readonly Record<string, unknown>[]): TermMappings {
  const mappings = items.flatMap((item) => {
    const { data } = z.safeParse(StoredMapping, item);
    return (data && mappingOf(data.field, data.text, data.meaning)) ?? [];
  });
  return withMappings(builtInOnly, ...mappings);
}

export const storedMappings = (client: DynamoDBDocumentClient, tableName: string): StoredMappings => ({
  async readMappings() {
    const items = await queryAll(client, {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk < :unmapped',
      ExpressionAttributeValues: { ':pk': vocabularyPartition, ':unmapped': unmappedPrefix },
    });
    return mappingsIn(items);
  },
});

/**
 * Stores a mapping. It replaces an earlier mapping of the same term.
 * @returns the earlier meaning
 */
export async function putMapping(
  client: DynamoDBDocumentClient,
  tableName: string,
  mapping: Mapping,
  at: string,
): Promise<string | undefined> {
  const { Attributes } = await client.send(
    new PutCommand({
      TableName: tableName,
      Item: { ...keys.mapping(mapping), ...mapping, mappedAt: at },
      ReturnValues: 'ALL_OLD',
    }),
  );
  return Attributes && z.parse(StoredMapping, Attributes).meaning;
}
