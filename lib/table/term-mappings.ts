import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import {
  builtInOnly,
  type Meaning,
  meanings,
  type Term,
  type TermMappings,
  type TextField,
} from '../returns/vocabulary.ts';
import { keys, unknownPrefix, vocabularyPartition } from './keys.ts';
import { queryAll } from './query.ts';

/** What is done with the texts that are not built in. */
export interface StoredMappings {
  /** What operators mapped, strongly consistent: a mapping counts from the moment in which it is written. */
  readMappings(): Promise<TermMappings>;
  /**
   * Keeps that a text is unknown, before anything is held for it: the index knows what a given text holds, and this
   * which texts there are to ask it for.
   */
  noteUnmapped(held: Term, at: string): Promise<void>;
  /** Every text that was unknown when it came, those among them that are mapped by now left out. */
  readUnmappedTerms(): Promise<UnknownText[]>;
}

/** What a text means, for whoever maps it. */
export interface Mapping extends Term {
  meaning: Meaning<TextField>;
}

/** A text that was unknown when it came. It may have been mapped since. */
export interface UnknownText extends Term {
  /** When it first came, ISO 8601 UTC. */
  since: string;
}

const field = z.enum(['reason', 'condition', 'resolution']);
const StoredMapping = z.object({ field, text: z.string(), meaning: z.string() });
const StoredUnknown = z.object({ field, text: z.string(), since: z.string() });

const isMeaning = <Field extends TextField>(of: Field, meaning: string): meaning is Meaning<Field> =>
  (meanings[of] as readonly string[]).includes(meaning);

/** @returns undefined when the field's texts can't mean that. */
export const mappingOf = (of: TextField, text: string, meaning: string): Mapping | undefined =>
  isMeaning(of, meaning) ? { field: of, text, meaning } : undefined;

/** Mappings laid over a vocabulary. */
export function withMappings(vocabulary: TermMappings, ...mappings: readonly Mapping[]): TermMappings {
  const of = <Field extends TextField>(wanted: Field): ReadonlyMap<string, Meaning<Field>> =>
    new Map([
      ...vocabulary[wanted],
      ...mappings.flatMap(({ field: told, text, meaning }): [string, Meaning<Field>][] =>
        told === wanted && isMeaning(wanted, meaning) ? [[text, meaning]] : [],
      ),
    ]);
  return { reason: of('reason'), condition: of('condition'), resolution: of('resolution') };
}

export function storedMappings(client: DynamoDBDocumentClient, tableName: string): StoredMappings {
  return {
    async readMappings() {
      const items = await queryAll(client, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk < :unknown',
        ExpressionAttributeValues: {
          ':pk': vocabularyPartition,
          ':unknown': unknownPrefix,
        },
      });
      return vocabularyOf(items);
    },

    async noteUnmapped(held, at) {
      await client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: keys.unknown(held),
          UpdateExpression: 'SET #field = :field, #text = :text, since = if_not_exists(since, :at)',
          ExpressionAttributeNames: { '#field': 'field', '#text': 'text' },
          ExpressionAttributeValues: { ':field': held.field, ':text': held.text, ':at': at },
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
      const vocabulary = vocabularyOf(items.filter(({ sk }) => !isUnknown(sk)));
      return items
        .filter(({ sk }) => isUnknown(sk))
        .flatMap((item) => z.safeParse(StoredUnknown, item).data ?? [])
        .filter(({ field: of, text }) => !vocabulary[of].has(text));
    },
  };
}

/** Keeps a mapping in place of an earlier one of the same text. @returns what the text meant before */
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

/**
 * Whether a text ever was unknown, strongly consistent. It is noted before anything is held for it, so where it is not,
 * nothing is.
 */
export async function wasUnmapped(
  client: DynamoDBDocumentClient,
  tableName: string,
  held: Term,
): Promise<boolean> {
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: keys.unknown(held), ConsistentRead: true }),
  );
  return Item !== undefined;
}

const isUnknown = (sk: unknown): boolean => typeof sk === 'string' && sk.startsWith(unknownPrefix);

/** A mapping that was changed by hand into something without meaning is none. */
const vocabularyOf = (items: readonly Record<string, unknown>[]): TermMappings => {
  const mappings = items.flatMap((item) => {
    const stored = z.safeParse(StoredMapping, item);
    const { field: of, text, meaning } = stored.data ?? {};
    const mapping = of && text !== undefined && meaning ? mappingOf(of, text, meaning) : undefined;
    return mapping ?? [];
  });
  return withMappings(builtInOnly, ...mappings);
};
