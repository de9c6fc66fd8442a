/** What a JSON schema says of a value, as far as two of them can be compared. */
export interface Shape {
  /** JSON types, `integer` apart from `number`; none: anything. */
  readonly types: ReadonlySet<string>;
  readonly nullable: boolean;
  /** Of an object; none: whatever it likes. */
  readonly fields: ReadonlyMap<string, Shape>;
  readonly required: ReadonlySet<string>;
  /** Of a list. */
  readonly items?: Shape | undefined;
  /** Of a text with a list of values: the first word of each, because the rest describes it. */
  readonly values?: ReadonlySet<string> | undefined;
}

/** What a `$ref` stands for. */
export type Resolve = (ref: string) => unknown;

type Json = Readonly<Record<string, unknown>>;

const none: ReadonlySet<string> = new Set();

/** Says nothing. */
export const anything: Shape = { types: none, nullable: false, fields: new Map(), required: none };

/** Nobody compares deeper; it also ends schemas that contain themselves. */
const deepest = 8;

/** Reads a JSON schema: of OpenAPI 3.0, of 3.1, or made by zod. */
export function shapeOf(schema: unknown, resolve: Resolve, depth = 0): Shape {
  if (!isObject(schema) || depth > deepest) return anything;
  const read = (inner: unknown) => shapeOf(inner, resolve, depth + 1);
  const parts = [
    plainShape(schema, read),
    ...(typeof schema.$ref === 'string' ? [read(resolve(schema.$ref))] : []),
    ...listIn(schema.allOf).map(read),
    eitherOf([...listIn(schema.anyOf), ...listIn(schema.oneOf)], read),
  ];
  return parts.reduce((one, other) => ({
    ...merged(one, other),
    required: new Set([...one.required, ...other.required]),
  }));
}

function plainShape(schema: Json, read: (inner: unknown) => Shape): Shape {
  const types = new Set(listIn(schema.type).map(String));
  const values = 'const' in schema ? [schema.const] : listIn(schema.enum);
  const words = values.filter((value) => value !== null).map(firstWord);
  const nullable = schema.nullable === true || types.delete('null') || values.includes(null);
  if (isObject(schema.properties)) types.add('object');
  if (schema.items !== undefined) types.add('array');
  if (types.size === 0 && words.length > 0) types.add('string');
  return {
    types,
    nullable,
    fields: new Map(Object.entries(Object(schema.properties)).map(([name, inner]) => [name, read(inner)])),
    required: new Set(listIn(schema.required).map(String)),
    items: schema.items === undefined ? undefined : read(schema.items),
    values: words.length > 0 ? new Set(words) : undefined,
  };
}

/** One shape for what may be any of these. Required is only what all objects among them require. */
function eitherOf(schemas: readonly unknown[], read: (inner: unknown) => Shape): Shape {
  const shapes = schemas.map(read);
  const objects = shapes.filter(({ types }) => types.has('object'));
  const [first = anything, ...others] = objects;
  const required = [...first.required].filter((name) => others.every((other) => other.required.has(name)));
  return { ...shapes.reduce(merged, anything), required: new Set(required) };
}

const merged = (one: Shape, other: Shape): Shape => ({
  types: new Set([...one.types, ...other.types]),
  nullable: one.nullable || other.nullable,
  fields: new Map([...one.fields, ...other.fields]),
  required: none,
  items: one.items ?? other.items,
  values:
    one.values && other.values ? new Set([...one.values, ...other.values]) : (one.values ?? other.values),
});

const firstWord = (value: unknown): string => String(value).trim().split(/[\s-]/)[0] ?? '';

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listIn = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
