import * as z from 'zod/mini';
import { type ReturnRef, refOf } from '../returns/order.ts';
import {
  builtInOnly,
  type Meaning,
  meanings,
  type Term,
  type TermMappings,
  type TextField,
  textFields,
} from '../returns/vocabulary.ts';
import { epochSeconds } from '../runtime/time.ts';
import { type TableItems, unlessOfAnother } from './dynamodb.ts';
import { keys, unmappedPrefix, vocabularyPartition } from './keys.ts';

/** How long the note of a term is kept, in seconds: its text may be a customer's own. */
const noteRetentionSeconds = 90 * 24 * 60 * 60;

export interface Mapping extends Term {
  meaning: Meaning<TextField>;
}

/** A term that had no mapping when it first came. */
export interface UnmappedTerm extends Term {
  /** When it first came, ISO 8601 UTC. */
  since: string;
}

const field = z.enum(textFields);
const StoredMapping = z.object({ field, text: z.string(), meaning: z.string() });
const StoredTerm = z.object({ field, text: z.string(), since: z.string() });

const isMeaning = <Field extends TextField>(of: Field, meaning: string): meaning is Meaning<Field> =>
  (meanings[of] as readonly string[]).includes(meaning);

/** @returns undefined when a text in this field can't have this meaning */
export const mappingOf = (of: TextField, text: string, meaning: string): Mapping | undefined =>
  isMeaning(of, meaning) ? { field: of, text, meaning } : undefined;

/** The vocabulary with more mappings. They replace earlier mappings of the same term. */
export function withMappings(vocabulary: TermMappings, ...mappings: readonly Mapping[]): TermMappings {
  const meaningsIn = (wanted: TextField) =>
    mappings.flatMap(({ field, text, meaning }) => (field === wanted ? [[text, meaning] as const] : []));
  return Object.fromEntries(
    textFields.map((each) => [each, new Map([...vocabulary[each], ...meaningsIn(each)])]),
  ) as unknown as TermMappings;
}

/** The mappings among the items of the vocabulary. Those that a person changed into another shape are left out. */
function mappingsIn(items: readonly Record<string, unknown>[]): TermMappings {
  const mappings = items.flatMap((item) => {
    const { data } = z.safeParse(StoredMapping, item);
    return (data && mappingOf(data.field, data.text, data.meaning)) ?? [];
  });
  return withMappings(builtInOnly, ...mappings);
}

/** The vocabulary in the table: the mappings of operators, and the terms that had no mapping when they first came. */
export const storedVocabulary = (items: TableItems) => ({
  /** A mapping counts from the moment when it is written. */
  readMappings: async (): Promise<TermMappings> =>
    mappingsIn(await items.query(vocabularyPartition, 'sk < :sk', unmappedPrefix)),

  /**
   * Notes a term before a return waits for it: the index `tasks` lists the returns of a term, and these notes list
   * terms. While a return waits, the reconciler notes it again.
   */
  async noteUnmapped(term: Term, at: string): Promise<void> {
    const { field, text } = term;
    const expiresAt = epochSeconds(at) + noteRetentionSeconds;
    await items.update(keys.unmapped(term), { set: { field, text, expiresAt }, setOnce: { since: at } });
  },

  /** The noted terms that still have no mapping. */
  async readUnmappedTerms(): Promise<UnmappedTerm[]> {
    const stored = await items.query(vocabularyPartition);
    const mappings = mappingsIn(stored);
    return stored
      .flatMap((item) => z.safeParse(StoredTerm, item).data ?? [])
      .filter((term) => !mappings[term.field].has(term.text));
  },

  /** Claims a term's notice for one return, for good. `other`: another one has it. A crashed attempt may repeat. */
  async claimTermNotice(term: Term, ref: ReturnRef): Promise<'ours' | 'other'> {
    const set = { noticeOwner: refOf(ref) };
    const claimed = await items.update(keys.unmapped(term), { set }, unlessOfAnother(ref, 'noticeOwner'));
    return claimed ? 'ours' : 'other';
  },
});

/** Stores a mapping. It replaces an earlier mapping of the same term. @returns the earlier meaning */
export async function putMapping(
  items: TableItems,
  mapping: Mapping,
  { at, by }: { at: string; by?: string },
): Promise<string | undefined> {
  const item = {
    ...keys.mapping(mapping),
    ...mapping,
    mappedAt: at,
    ...(by !== undefined && { mappedBy: by }),
  };
  const answer = await items.put(item, { ReturnValues: 'ALL_OLD' });
  return answer?.Attributes && z.parse(StoredMapping, answer.Attributes).meaning;
}

/** Whether a term was ever noted. Otherwise no return waits for it. */
export const wasUnmapped = async (items: TableItems, term: Term): Promise<boolean> =>
  (await items.get(keys.unmapped(term))) !== undefined;
