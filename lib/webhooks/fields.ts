/**
 * Tolerant readers for the webhooks of both vendors. A field that the bridge can work without never refuses a delivery:
 * one that can't be read counts as not sent, and `remarksOf` names its path.
 */
import * as z from 'zod/mini';
import { mostFaults } from '../config/limits.ts';

export type Context = z.core.ParsePayload;

/** While `remarksOf` runs, readers also report what they leave out. Reading is synchronous, so nobody else sees it. */
let reporting = false;

/** What a schema leaves out of a body that it accepts. */
interface Remarks {
  /** The paths of optional fields whose values can't be read, without the values. */
  unread: string[];
  /** The faults of list entries that are left out because they can't be used. */
  unusable: z.core.$ZodIssue[];
}

const isUnread = (issue: { code: string; params?: unknown }): boolean =>
  issue.code === 'custom' && Object(issue.params).unread === true;

/**
 * Reads a body to learn what the schema leaves out of it. Without remarks the schema accepts it. With any, the faults of a
 * body that it refuses are among those of unusable entries.
 */
export function remarksOf(schema: z.ZodMiniType, body: unknown): Remarks {
  reporting = true;
  try {
    const issues = z.safeParse(schema, body).error?.issues ?? [];
    const unread = issues.filter(isUnread).map(({ path }) => path.map(String).join('.'));
    return {
      unread: [...new Set(unread)].slice(0, mostFaults),
      unusable: issues.filter((issue) => !isUnread(issue)),
    };
  } finally {
    reporting = false;
  }
}

/** Reports a field that is read with a doubt, or counts as not sent. */
export function remark(context: Context, input?: unknown): void {
  const issue = { code: 'custom', message: 'cannot be read', params: { unread: true }, path: [], input };
  if (reporting) context.issues.push(issue as z.core.$ZodRawIssue);
}

/** An issue of an inner reading, with its place in the outer one. It keeps no value. */
const issueAt = (issue: z.core.$ZodIssue, ...path: PropertyKey[]): z.core.$ZodRawIssue =>
  ({ ...issue, input: undefined, path: [...path, ...issue.path] }) as z.core.$ZodRawIssue;

/** Reads a value by a schema, within the reading of another. Its issues become those of the other one. */
export function readInto<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  context: Context,
): z.output<Schema> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  context.issues.push(...parsed.error.issues.map((issue) => issueAt(issue)));
  return z.NEVER;
}

/**
 * What the vendor's document says of a value: keywords of JSON Schema. `of` is a schema that they are added to, and a
 * value that `mayBeNull` is that or null.
 */
export interface DocumentedType {
  readonly of?: z.ZodMiniType;
  readonly mayBeNull?: true;
  readonly [keyword: string]: unknown;
}

/** What documents say of schemas that read more than that. The description of the API is made of it. */
const documents = new WeakMap<z.core.$ZodType, DocumentedType>();

export const documentedAs = (schema: z.core.$ZodType): DocumentedType | undefined => documents.get(schema);

/** Adds what the document says to a schema that reads more. */
export function document<Schema extends z.ZodMiniType>(schema: Schema, as: DocumentedType): Schema {
  documents.set(schema, as);
  return schema;
}

/** A schema of a function that reads any value. The function adds an issue for a value that it can't read. */
export const reader = <T>(
  read: (value: unknown, context: Context) => T,
  as: DocumentedType = {},
): z.ZodMiniType<T, unknown> =>
  document(z.transform(read as (value: unknown, context: z.core.ParsePayload<unknown>) => T), as);

/** The value is refused where it is needed, and counts as not sent where it is optional. */
export function refuse(context: Context, message: string, input: unknown): never {
  context.issues.push({ code: 'custom', message, input, path: [] } as z.core.$ZodRawIssue);
  return z.NEVER;
}

/** The ways in which PHP writes that there is nothing. */
export function isNone(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  if (typeof value === 'string') return ['', 'null'].includes(value.trim());
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** The entries of a list. PHP writes a list without its first entry as an object whose keys are whole numbers. */
export function entriesOf(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.keys(value).every((key) => /^\d+$/.test(key)) ? Object.values(value) : undefined;
}

/** A list of one stands for its entry. */
export function single(value: unknown): unknown {
  const entries = entriesOf(value);
  return entries?.length === 1 ? entries[0] : value;
}

/** An object, or a list of one. Unknown fields are kept. */
export const object = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.pipe(z.transform(single), z.looseObject(shape));

/** The bridge's own name of each field, with its name in the body and its kind of value. */
export type NamedFields = Readonly<Record<string, readonly [name: string, schema: z.ZodMiniType]>>;

type ReadFields<Fields extends NamedFields> = { [Own in keyof Fields]: z.output<Fields[Own][1]> };

/** An object whose fields get the bridge's own names: `{ orderId: ['order_increment_id', documentNumber] }`. */
export const renamed = <Fields extends NamedFields>(fields: Fields) => renamedTo(fields, (read) => read);

/** The same, and what is made of it. */
export const renamedTo = <Fields extends NamedFields, Made>(
  fields: Fields,
  make: (read: ReadFields<Fields>) => Made,
) => {
  const own = Object.entries(fields);
  // Few schemas, because each is made at a cold start.
  const named = z.object(Object.fromEntries(own.map(([, field]) => field)));
  const read = (value: unknown, context: Context): Made => {
    const sent = readInto(named, single(value), context);
    if (sent === z.NEVER) return z.NEVER;
    return make(Object.fromEntries(own.map(([to, [from]]) => [to, sent[from]])) as ReadFields<Fields>);
  };
  return reader(read, { of: named });
};

const newOptional = <Schema extends z.ZodMiniType>(schema: Schema, as: DocumentedType) =>
  z.optional(
    reader(
      (value, context): z.output<Schema> | undefined => {
        if (isNone(value)) return undefined;
        const parsed = z.safeParse(schema, value);
        if (parsed.success) return parsed.data;
        const { issues } = parsed.error;
        if (issues.every(isUnread)) context.issues.push(...issues.map((issue) => issueAt(issue)));
        else remark(context);
        return undefined;
      },
      { ...as, mayBeNull: true },
    ),
  );

/** What `optional` made of each schema. Most fields are optional texts, and making a schema is slow at a cold start. */
const optionals = new WeakMap<z.ZodMiniType, z.ZodMiniType>();

/**
 * A field that may be absent: a value that says nothing, and one that can't be read, are `undefined`.
 * @param as the document's word on it, where that is not the schema's
 */
export function optional<Schema extends z.ZodMiniType>(schema: Schema, as?: DocumentedType) {
  if (as) return newOptional(schema, as);
  const known = optionals.get(schema) as ReturnType<typeof newOptional<Schema>> | undefined;
  const made = known ?? newOptional(schema, { of: schema });
  optionals.set(schema, made);
  return made;
}

/** Entries that are parsed together: a parse for each entry costs more than the entry. */
const atOnce = 100;

/** The usable entries of a list, and how many others it has. */
export interface CountedList<T> {
  usable: T[];
  unusable: number;
}

/**
 * The entries of a list that can be used: one that can't does not refuse its neighbours. One object is a list of one.
 * Reading ends after `mostFaults` of them, and refuses the list: 256 KiB may have a hundred thousand wrong entries.
 * @param atLeast the number of usable entries without which nothing can be done
 */
export const countedList = <Schema extends z.ZodMiniType>(entry: Schema, atLeast: 0 | 1 = 1) => {
  const part = z.array(entry);
  const read = (value: unknown, context: Context): CountedList<z.output<Schema>> => {
    const isOne = typeof value === 'object' && !entriesOf(value);
    const entries = isNone(value) ? [] : isOne ? [value] : entriesOf(value);
    if (!entries) return refuse(context, 'must be a list', value);
    if (entries.length < atLeast) return refuse(context, 'must have at least 1 item', value);
    const usable: z.output<Schema>[] = [];
    const issues: z.core.$ZodRawIssue[] = [];
    const readAlone = (one: unknown, index: number): void => {
      const parsed = z.safeParse(entry, one);
      if (parsed.success) return void usable.push(parsed.data);
      const faults = parsed.error.issues.filter((issue) => !isUnread(issue));
      // An entry that `remarksOf` has only remarks on is usable. Its value is not needed then.
      if (faults.length === 0) usable.push(undefined as z.output<Schema>);
      const found = faults.length > 0 ? faults : parsed.error.issues;
      issues.push(...found.map((issue) => issueAt(issue, ...(isOne ? [] : [index]))));
    };
    let isRefused = false;
    for (let start = 0; start < entries.length && !isRefused; start += atOnce) {
      const some = entries.slice(start, start + atOnce);
      const parsed = z.safeParse(part, some);
      if (parsed.success) usable.push(...parsed.data);
      else for (const [index, one] of some.entries()) readAlone(one, start + index);
      isRefused = start + some.length - usable.length > mostFaults;
    }
    if (usable.length < atLeast || isRefused || reporting) context.issues.push(...issues);
    return { usable, unusable: entries.length - usable.length };
  };
  return reader(read, { of: part, minItems: atLeast });
};

/** The entries of a list that can be used, at least one. */
export const boundedList = <Schema extends z.ZodMiniType>(entry: Schema) =>
  document(
    z.pipe(
      countedList(entry),
      z.transform(({ usable }: CountedList<z.output<Schema>>) => usable),
    ),
    { of: z.array(entry), minItems: 1 },
  );
