import type { Address } from '../../facts/facts.ts';
import { optional, renamedTo } from '../fields.ts';
import { addressText } from './fields.ts';

const part = /* @__PURE__ */ optional(addressText);

/** An address as the stock-hub family writes it. Its example says `house_number`, its schema `houseNumber`. */
export const StockHubAddress = /* @__PURE__ */ renamedTo(
  {
    firstName: ['first_name', part],
    lastName: ['last_name', part],
    companyName: ['company_name', part],
    street: ['street', part],
    house_number: ['house_number', part],
    houseNumber: ['houseNumber', part],
    postcode: ['postcode', part],
    city: ['city', part],
    country: ['country_id', part],
    email: ['email', part],
    phone: ['telephone', part],
  },
  ({ house_number, houseNumber, country, ...address }): Address => ({
    ...address,
    houseNumber: house_number ?? houseNumber,
    country: country?.toUpperCase(),
  }),
);

/** An address as the push-api family writes it, with one name for the person. */
export const PushApiAddress = /* @__PURE__ */ renamedTo(
  {
    name: ['name', part],
    street: ['street', part],
    houseNumber: ['housenumber', part],
    postcode: ['postcode', part],
    city: ['city', part],
    country: ['country', part],
    email: ['email', part],
  },
  ({ name, country, ...address }): Address => ({
    ...splitName(name),
    ...address,
    country: country?.toUpperCase(),
  }),
);

/** Words that belong to the family name after them. */
const familyNamePrefixes = new Set(
  /* @__PURE__ */ "van von de den der het 't ’t te ten ter tot op in aan bij onder uit voor 's ’s vande vanden vander la le du des di da dos el al".split(
    ' ',
  ),
);

/** Prefixes that also begin a first name, such as "La Toya" and "El Mostafa". */
const firstNamePrefixes = new Set(['la', 'le', 'el', 'al']);

const isPrefix = (word: string | undefined): boolean => familyNamePrefixes.has(word?.toLowerCase() ?? '');

/** The number of words at the beginning that can't be the family name: two in "La Toya Jackson". */
function wordsOfFirstName([first = '', second, third]: string[]): number {
  return firstNamePrefixes.has(first.toLowerCase()) && !isPrefix(second) && third !== undefined ? 2 : 0;
}

/** One word is a family name. Dutch prefixes belong to it ("van der Berg"). It may be first ("Berg, Jan van der"). */
export function splitName(name: string | undefined): Pick<Address, 'firstName' | 'lastName'> {
  const [family, given, ...more] = (name ?? '').split(',').map((part) => part.trim());
  if (family && given && more.length === 0) return splitReversed(family, given.split(/\s+/));
  const words = (name ?? '').split(/\s+/).filter(Boolean);
  const last = words.length - 1;
  if (last < 0) return {};
  const from = wordsOfFirstName(words);
  const prefix = words.findIndex((word, index) => index >= from && index < last && isPrefix(word));
  const start = prefix >= 0 ? prefix : last;
  return { firstName: words.slice(0, start).join(' ') || undefined, lastName: words.slice(start).join(' ') };
}

/** The prefixes at the end belong to the family name before the comma. */
function splitReversed(family: string, words: string[]): Pick<Address, 'firstName' | 'lastName'> {
  const end = words.findLastIndex((word) => !isPrefix(word)) + 1;
  return {
    firstName: words.slice(0, end).join(' ') || undefined,
    lastName: [...words.slice(end), ...family.split(/\s+/)].join(' '),
  };
}
