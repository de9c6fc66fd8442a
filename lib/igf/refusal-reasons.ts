/**
 * Why IGF refused a call, read from its error body `{errorCode, message, details}`, whose `details` have many shapes.
 * An error may quote the request, which is about a person, so what repeats a value of the request is left out.
 */
import * as z from 'zod/mini';
import type { RequestParts } from './endpoint.ts';
import type { RefusalReasons } from './errors.ts';

/** The values that a call sends to IGF, in its header too. */
export type SentValues = RequestParts & { apiKey?: string | null };

const ErrorBody = z.catch(
  z.object({
    errorCode: z.catch(z.optional(z.string().check(z.regex(/^[\w-]{1,40}$/))), undefined),
    message: z.optional(z.unknown()),
    details: z.optional(z.unknown()),
  }),
  { message: undefined, details: undefined },
);

/** How much of an error is kept: fields, and characters of text. A notice shows them in one sentence. */
const mostFields = 8;
const mostText = 300;

/** What an error says in one place. */
interface Reason {
  path?: string | undefined;
  text?: string | undefined;
}

/** @param body the parsed JSON of the answer */
export function refusalReasons(
  body: unknown,
  sent: SentValues,
): RefusalReasons & { errorCode: string | undefined } {
  const { errorCode, message, details } = z.parse(ErrorBody, body);
  const repeats = repetitionOf(sent);
  const names = new Set(namesIn(sent.body));
  const isShowablePath = (path: string): boolean =>
    path.split('.').every((name) => names.has(name) || (isFieldName(name) && !repeats(name)));
  const clean = [...reasonsIn(message), ...reasonsIn(details)].map(
    ({ path, text }): Reason => ({
      path: path && isShowablePath(path) ? path : undefined,
      // An address of e-mail is a person's, whoever that is.
      text: text && !text.includes('@') && !repeats(text) ? text : undefined,
    }),
  );
  return {
    errorCode: errorCode && !repeats(errorCode) ? errorCode : undefined,
    paths: unique(clean.flatMap(({ path }) => path ?? [])).slice(0, mostFields),
    texts: fitting(
      unique(clean.map(({ path, text }) => [path, text].filter(Boolean).join(': '))).filter(Boolean),
    ),
  };
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

/** The first texts, as many as fit. */
function fitting(texts: readonly string[]): string[] {
  let room = mostText;
  return texts.filter((text) => {
    const fits = text.length <= room;
    room -= fits ? text.length : 0;
    return fits;
  });
}

/** The names of a field in the errors of validation libraries. */
const pathKeys = ['path', 'field', 'property', 'param', 'instancePath', 'dataPath', 'loc'];
const textKeys = ['message', 'msg', 'error', 'reason', 'constraints'];
/** What has further errors in it. */
const innerKeys = ['children', 'errors', 'issues', 'details', 'fieldErrors', 'formErrors'];

/** Reads text, lists of errors, `{path, message}` of one error, and `{field: text}`, within each other. */
function reasonsIn(value: unknown, path?: string, depth = 0): Reason[] {
  if (typeof value === 'string') return [{ path, text: inOneLine(value) }];
  if (typeof value !== 'object' || value === null || depth > 5) return [];
  const within = (inner: unknown, at = path): Reason[] => reasonsIn(inner, at, depth + 1);
  if (Array.isArray(value)) return value.slice(0, 20).flatMap((inner) => within(inner));
  const fields = value as Record<string, unknown>;
  const named = pathKeys.map((key) => pathOf(fields[key])).find((found) => found !== undefined);
  const own = joined(path, named);
  const texts = textKeys.flatMap((key) => textsOf(fields[key]));
  const inner = innerKeys.flatMap((key) => within(fields[key], own));
  if (named || texts.length > 0)
    return [...(texts.length > 0 ? texts.map((text) => ({ path: own, text })) : [{ path: own }]), ...inner];
  if (inner.length > 0) return inner;
  return Object.entries(fields).flatMap(([key, entry]) => within(entry, joined(path, key)));
}

const textsOf = (value: unknown): string[] =>
  (typeof value === 'object' && value !== null ? Object.values(value) : [value])
    .filter((text) => typeof text === 'string')
    .map(inOneLine);

/** `a.b`, `/a/b`, `a[0].b` and `["a", "b"]` as `a.b`. */
function pathOf(value: unknown): string | undefined {
  const text = Array.isArray(value) ? value.filter((part) => typeof part !== 'object').join('.') : value;
  return typeof text === 'string' ? joined(...text.split(/[./[\]]+/)) : undefined;
}

const joined = (...names: (string | undefined)[]): string | undefined =>
  names.filter(Boolean).join('.') || undefined;

const isFieldName = (name: string): boolean => /^([A-Za-z_][\w-]{0,39}|\d{1,3})$/.test(name);

/** Begins at the start of a run only, so that a long run of dots takes linear time. */
const dotsAtEnd = /(?<![.\s])[.\s]+$/;

const inOneLine = (text: string): string =>
  text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .replace(dotsAtEnd, '');

/** Without case and accents. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
const squashed = (text: string): string => wordsOf(text).join('');

/** The parts of a body that are about a person, or contain a secret: their single words count too. */
const personal = new Set(['customer', 'Customer', 'address', 'returnReasonComment', 'url']);
/** Shorter words, such as `de` and `NL`, count only as a whole value. */
const shortestWord = 3;
/** A value of this length is found without its spaces and signs too, such as a postcode or a telephone number. */
const shortestSquashed = 6;

/** Whether a text repeats a value of the request, in another case or with other accents too. */
function repetitionOf({ parameters, query, body, apiKey }: SentValues): (text: string) => boolean {
  const values = valuesIn([idsLeftOut(parameters), query, body, apiKey]);
  const about = Object.entries(Object(body)).filter(([name]) => personal.has(name));
  const words = new Set(
    valuesIn(about.map(([, value]) => value))
      .flatMap(wordsOf)
      .filter((word) => word.length >= shortestWord),
  );
  const phrases = values.map((value) => ` ${wordsOf(value).join(' ')} `).filter((phrase) => phrase.trim());
  const runs = values.map(squashed).filter((run) => run.length >= shortestSquashed);
  return (text) => {
    const own = wordsOf(text);
    const phrase = ` ${own.join(' ')} `;
    const run = own.join('');
    return (
      own.some((word) => words.has(word)) ||
      phrases.some((value) => phrase.includes(value)) ||
      runs.some((value) => run.includes(value))
    );
  };
}

/** The numbers in a path are IGF's own ids. */
const idsLeftOut = (parameters: unknown): unknown[] =>
  Object.values(Object(parameters)).filter((value) => typeof value !== 'number');

function valuesIn(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : [];
}

/** The names of all fields of a body. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return [...names, ...Object.values(value).flatMap(namesIn)];
}
