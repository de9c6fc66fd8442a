import { createHash, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { isoUtc } from '../../../lib/webhooks/dates.ts';
import { UsageError } from '../../cli/command-line.ts';
import { exampleFile } from '../../example-file.ts';

/** Every webhook of the catalogue, and who sends it. */
export const endpoints = senders.flatMap((sender) => sender.webhooks.map((webhook) => ({ sender, webhook })));
export type Endpoint = (typeof endpoints)[number];

/** @throws UsageError */
export function endpointNamed(name: string): Endpoint {
  const found = endpoints.find(({ webhook }) => webhook.name === name);
  if (found) return found;
  const known = endpoints.map(({ webhook }) => webhook.name).join(', ');
  throw new UsageError(`There is no webhook ${name}. The webhooks are: ${known}.`);
}

/** The vendor's own example of a body, as JSON in one line. */
const sampleOf = ({ sender, webhook }: Endpoint): string =>
  JSON.stringify(JSON.parse(readFileSync(exampleFile(sender, webhook), 'utf8')));

/** The numbers of documents and events in facts, each with its name there. */
function numbersIn(facts: unknown, name = ''): [number: string, name: string][] {
  if (typeof facts === 'object' && facts !== null) {
    const isList = Array.isArray(facts);
    return Object.entries(facts).flatMap(([field, value]) => numbersIn(value, isList ? name : field));
  }
  const isNumber = facts !== undefined && /^(id|number|poNumber)$|Ids?$/.test(name);
  return isNumber ? [[String(facts), name]] : [];
}

let known: ReadonlyMap<string, string> | undefined;

/** The names of the numbers that the readers find in the examples, which all belong to one order. */
const knownNumbers = (): ReadonlyMap<string, string> => {
  known ??= new Map(
    endpoints.flatMap((each) => numbersIn(each.webhook.facts(JSON.parse(sampleOf(each)), ''))),
  );
  return known;
};

/** Nine digits, as Winkelstraat's own numbers have. */
export const newOrderId = (): string => `0${randomInt(10_000_000, 100_000_000)}`;

/** Which order a body is about. Another `variant` is about another return of it. */
export interface About {
  readonly orderId: string;
  readonly variant?: number;
}

/** The number in place of an example's. The same order and variant give the same one, in every webhook. */
function numberFor(example: string, { orderId, variant = 0 }: About): string {
  const name = knownNumbers().get(example);
  if (name === 'orderId') return orderId;
  if (name === 'poNumber') return `PO-${orderId}`;
  const hash = createHash('sha256').update(`${orderId}/${variant}/${example}`).digest('hex').toUpperCase();
  // As short as an id of the examples, it would be that of something else at IGF.
  const length = Math.max(example.length - 1, 4);
  const others = /^\d+$/.test(example) ? String(BigInt(`0x${hash}`)).slice(-length) : hash.slice(-length);
  return example.charAt(0) + others;
}

const datesIn = /(?<=")\d{4}-\d\d-\d\d[T ][^"]*(?=")/g;
const numericIds = /(?<="(\w+_)?id":|Id":)\d+/g;

const msOf = (date: string): number => Date.parse(isoUtc(date) ?? '');

/** A text as it stands between the quotes of JSON: an order may have been typed with anything in it. */
export const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A date, written as the example writes its own. */
function writeDate(at: number, example: string): string {
  const iso = new Date(at).toISOString();
  if (example.includes(' ')) return iso.slice(0, 19).replace('T', ' ');
  return example.endsWith('Z') ? iso : iso.replace('Z', '+00:00');
}

/**
 * The vendor's example of a webhook's body, with fresh numbers, and with its latest date at `now` (in milliseconds since
 * the epoch). The other dates are as long before as in the example.
 */
export function exampleBody(endpoint: Endpoint, about: About, now: number): unknown {
  const numbers = knownNumbers();
  const sample = sampleOf(endpoint);
  const latest = Math.max(...[...sample.matchAll(datesIn)].map(([date]) => msOf(date)));
  // A shorter one may mean something else in a text.
  const texts = [...numbers.keys()].filter((number) => /^(?=.*\D)\w{3,}$|^\d{5,}$/.test(number));
  return JSON.parse(
    sample
      .replace(datesIn, (date) => writeDate(now - latest + msOf(date), date))
      .replace(numericIds, (number) => (numbers.has(number) ? numberFor(number, about) : number))
      .replace(new RegExp(`\\b(${texts.join('|')})\\b`, 'g'), (number) => inJson(numberFor(number, about))),
  );
}
