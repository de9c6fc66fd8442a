import * as z from 'zod/mini';
import type { Address } from '../../facts/facts.ts';
import { object, optional } from '../fields.ts';
import { addressText } from './fields.ts';

/** An address as the stock-hub family writes it. Its example says `house_number`, its schema `houseNumber`. */
export const StockHubAddress = z.pipe(
  object({
    first_name: optional(addressText),
    last_name: optional(addressText),
    company_name: optional(addressText),
    street: optional(addressText),
    house_number: optional(addressText),
    houseNumber: optional(addressText),
    postcode: optional(addressText),
    city: optional(addressText),
    country_id: optional(addressText),
    email: optional(addressText),
    telephone: optional(addressText),
  }),
  z.transform(
    (address): Address => ({
      firstName: address.first_name,
      lastName: address.last_name,
      companyName: address.company_name,
      email: address.email,
      phone: address.telephone,
      street: address.street,
      houseNumber: address.house_number ?? address.houseNumber,
      postcode: address.postcode,
      city: address.city,
      country: address.country_id?.toUpperCase(),
    }),
  ),
);

/** An address as the push-api family writes it, with one name for the person. */
export const PushApiAddress = z.pipe(
  object({
    name: optional(addressText),
    street: optional(addressText),
    housenumber: optional(addressText),
    postcode: optional(addressText),
    city: optional(addressText),
    country: optional(addressText),
    email: optional(addressText),
  }),
  z.transform(
    (address): Address => ({
      ...splitName(address.name),
      email: address.email,
      street: address.street,
      houseNumber: address.housenumber,
      postcode: address.postcode,
      city: address.city,
      country: address.country?.toUpperCase(),
    }),
  ),
);

/** Words that belong to the family name after them. */
const familyNamePrefixes = new Set(
  "van von de den der het 't ’t te ten ter tot op in aan bij onder uit voor 's ’s vande vanden vander la le du des di da dos el al".split(
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

/**
 * Splits a single name at the family name, with Dutch prefixes: "Jan van der Berg" is "Jan" and "van der Berg".
 * One word alone is a family name. "Berg, Jan van der" has the family name first.
 */
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
