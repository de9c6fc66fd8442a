import fc from 'fast-check';
import { fieldName, valueText } from './json-text.ts';

/** A change of one node of a document, and of the text that it is written as. */
interface Mutation {
  /** Which node, counted through the document; taken modulo their number. */
  readonly node: number;
  readonly kind: 'replace' | 'remove' | 'add' | 'twice' | 'wrap' | 'as text' | 'rename';
  readonly name: string;
  readonly value: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  node: fc.nat({ max: 200 }),
  kind: fc.constantFrom(
    'replace',
    'replace',
    'replace',
    'remove',
    'add',
    'twice',
    'wrap',
    'as text',
    'rename',
  ),
  name: fieldName,
  value: valueText,
});

/** Writes a document as JSON with its changes: as text, because no value has one key twice. */
function write(document: unknown, mutations: readonly Mutation[]): string {
  let count = 0;
  const total = nodes(document);
  const writeNode = (value: unknown): string => {
    const here = mutations.filter(({ node }) => node % total === count);
    count += 1;
    return here.reduce((text, { kind, value: replacement }) => {
      if (kind === 'replace') return replacement;
      if (kind === 'wrap') return `[${text}]`;
      return kind === 'as text' ? JSON.stringify(text) : text;
    }, plain(value));
  };
  const writeField = ([name, value]: [string, unknown]): string[] => {
    const here = mutations.filter(({ node }) => node % total === count);
    const text = writeNode(value);
    const is = (kind: Mutation['kind']) => here.find((change) => change.kind === kind);
    if (is('remove')) return [];
    const field = `${JSON.stringify(is('rename')?.name ?? name)}:${text}`;
    const added = is('add');
    const twice = is('twice');
    return [
      field,
      ...(added ? [`${JSON.stringify(added.name)}:${added.value}`] : []),
      ...(twice ? [`${JSON.stringify(name)}:${twice.value}`] : []),
    ];
  };
  const plain = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(writeNode).join(',')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    return `{${Object.entries(value).flatMap(writeField).join(',')}}`;
  };
  return writeNode(document);
}

const nodes = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, inner) => sum + nodes(inner), 1)
    : 1;

/** A sample with a few of its nodes changed. */
export const mutated = (sample: unknown): fc.Arbitrary<string> =>
  fc.array(mutation, { minLength: 1, maxLength: 4 }).map((mutations) => write(sample, mutations));

const insertions = [
  '\ufeff',
  '\u0000',
  '\u2028',
  '"',
  ',',
  '{',
  ']',
  '\\',
  '\\u',
  '\ud800',
  '\t',
  '//',
  'e',
  '-',
];

/** A text that is cut, or has a character inserted or removed. */
export const broken = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom('cut', 'drop', 'insert'),
      fc.constantFrom(...insertions),
    )
    .map(([where, how, insertion]) => {
      const at = Math.floor(where * text.length);
      if (how === 'cut') return text.slice(0, at);
      return `${text.slice(0, at)}${how === 'insert' ? insertion : ''}${text.slice(how === 'insert' ? at : at + 1)}`;
    });
