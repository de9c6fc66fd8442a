/** The values that a call sends to IGF. What IGF says about the call must not repeat one of them. */
import type { RequestParts } from './endpoint.ts';

export interface SentValues extends RequestParts {
  /** From the header. */
  apiKey?: string | null;
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
const wordsOf = (text: string): string[] =>
  plain(text)
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
export function repetitionOf({ parameters, query, body, apiKey }: SentValues): (text: string) => boolean {
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
export function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return [...names, ...Object.values(value).flatMap(namesIn)];
}
