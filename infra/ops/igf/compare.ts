import type { Shape } from './shape.ts';

/** What the table's schemas and the file say of the same value. */
export interface Pair {
  readonly ours: Shape;
  readonly theirs: Shape;
  /** Where the value is, such as `request customer.email`. */
  readonly at: string;
}

const quoted = (texts: Iterable<string>): string => [...texts].map((text) => `"${text}"`).join(', ');

/** An integer is a number too. */
const fits = (inner: string, outer: string): boolean =>
  inner === outer || (inner === 'integer' && outer === 'number');

const typeDifference = ({ ours, theirs, at }: Pair, isFit: boolean): string[] =>
  ours.types.size === 0 || theirs.types.size === 0 || isFit
    ? []
    : [`${at}: type ${[...ours.types].join(' or ')} here, ${[...theirs.types].join(' or ')} in the file`];

const without = (some: Iterable<string>, others: { has(name: string): boolean }): string[] =>
  [...some].filter((name) => !others.has(name));

function valueDifferences({ ours, theirs, at }: Pair): string[] {
  const texts = (shape: Shape) => shape.types.size === 0 || shape.types.has('string');
  if (!texts(ours) || !texts(theirs)) return [];
  if (!ours.values)
    return theirs.values ? [`${at}: any value here, only ${quoted(theirs.values)} in the file`] : [];
  if (!theirs.values) return [`${at}: only ${quoted(ours.values)} here, any value in the file`];
  const [only, missing] = [without(ours.values, theirs.values), without(theirs.values, ours.values)];
  return [
    ...(only.length > 0 ? [`${at}: value ${quoted(only)} is not in the file`] : []),
    ...(missing.length > 0 ? [`${at}: value ${quoted(missing)} of the file is missing here`] : []),
  ];
}

const inside = (at: string, name: string): string => (at.includes(' ') ? `${at}.${name}` : `${at} ${name}`);

/** The pairs of fields that both have, and of items. */
function innerPairs({ ours, theirs, at }: Pair): Pair[] {
  const fields = [...ours.fields].flatMap(([name, field]) => {
    const other = theirs.fields.get(name);
    return other ? [{ ours: field, theirs: other, at: inside(at, name) }] : [];
  });
  const items = ours.items && theirs.items ? [{ ours: ours.items, theirs: theirs.items, at: `${at}[]` }] : [];
  return [...fields, ...items];
}

/** Where the file would not take what we send, or takes more than we can send. */
export function requestDifferences(pair: Pair): string[] {
  const { ours, theirs, at } = pair;
  const isFit = [...ours.types].some((type) => [...theirs.types].some((other) => fits(type, other)));
  return [
    ...typeDifference(pair, isFit),
    ...(ours.nullable && !theirs.nullable && theirs.types.size > 0
      ? [`${at}: may be null here, not in the file`]
      : []),
    ...(theirs.nullable && !ours.nullable && ours.types.size > 0
      ? [`${at}: may be null in the file, not here`]
      : []),
    ...valueDifferences(pair),
    ...(ours.fields.size > 0 && theirs.fields.size > 0 ? fieldDifferences(pair) : []),
    ...innerPairs(pair).flatMap(requestDifferences),
  ];
}

function fieldDifferences({ ours, theirs, at }: Pair): string[] {
  const missing = without(theirs.fields.keys(), ours.fields).map((name) =>
    theirs.required.has(name)
      ? `${inside(at, name)}: required in the file, missing here`
      : `${inside(at, name)}: in the file, missing here`,
  );
  const extra = without(ours.fields.keys(), theirs.fields).map((name) =>
    ours.required.has(name)
      ? `${inside(at, name)}: required here, not in the file`
      : `${inside(at, name)}: here, not in the file`,
  );
  const common = [...ours.fields.keys()].filter(
    (name) => theirs.fields.has(name) && ours.required.has(name) !== theirs.required.has(name),
  );
  const differing = common.map((name) =>
    ours.required.has(name)
      ? `${inside(at, name)}: required here, optional in the file`
      : `${inside(at, name)}: required in the file, optional here`,
  );
  return [...missing, ...extra, ...differing];
}

/** Where we could not read what the file says IGF answers, or do not know of it. Answers are read tolerantly. */
export function answerDifferences(pair: Pair): string[] {
  const { ours, theirs, at } = pair;
  const isFit = [...theirs.types].every((type) => [...ours.types].some((other) => fits(type, other)));
  const known = ours.fields.size > 0 && theirs.fields.size > 0;
  // A document that marks nothing as required in an answer does not say that an id may be missing.
  const optional = without(ours.required, theirs.required).filter(
    (name) => theirs.required.size > 0 && theirs.fields.has(name),
  );
  return [
    ...typeDifference(pair, isFit),
    ...valueDifferences(pair).filter(() => ours.values !== undefined),
    ...(known
      ? [
          ...without(theirs.fields.keys(), ours.fields).map(
            (name) => `${inside(at, name)}: in the file, not known here`,
          ),
          ...without(ours.fields.keys(), theirs.fields).map((name) =>
            ours.required.has(name)
              ? `${inside(at, name)}: required here, not in the file`
              : `${inside(at, name)}: known here, not in the file`,
          ),
          ...optional.map((name) => `${inside(at, name)}: required here, optional in the file`),
        ]
      : []),
    ...innerPairs(pair).flatMap(answerDifferences),
  ];
}
