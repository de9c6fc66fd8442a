/** Reads the customer that IGF needs from an address of Winkelstraat. */
import countries from '../config/countries.json' with { type: 'json' };
import type { Address } from '../facts/facts.ts';
import type { CustomerRequest } from '../igf/api/requests.ts';
import { comparableText } from './vocabulary.ts';

/** ISO 3166-1: the two-letter code (alpha-2) of each three-letter code. */
const alpha2ByAlpha3: ReadonlyMap<string, string> = new Map(Object.entries(countries));

export const countryCodes: ReadonlySet<string> = new Set(alpha2ByAlpha3.values());

/** The countries by their Dutch, English, German and French names in Node's own data, and by other names in use. */
function namesOfCountries(): ReadonlyMap<string, string> {
  const names = ['nl', 'en', 'de', 'fr'].flatMap((language) => {
    const displayed = new Intl.DisplayNames(language, { type: 'region' });
    return [...countryCodes].map((code) => [comparableText(displayed.of(code) ?? code), code] as const);
  });
  return new Map([...names, ['the netherlands', 'NL'], ['holland', 'NL']]);
}

let byName: ReadonlyMap<string, string> | undefined;

/** The two-letter code of a country (ISO 3166-1 alpha-2). The text is a code of two or three letters, or a name. */
export function readCountry(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  if (countryCodes.has(code)) return code;
  byName ??= namesOfCountries();
  return alpha2ByAlpha3.get(code) ?? byName.get(comparableText(text));
}

/** Words between the number of a house and that of a box or an apartment in it, in Belgium and France. */
const box = '(?:bus|bte|bo[iî]te|box|b|app?t?|unit)';

const added = String.raw`(?:\p{L}{1,2}|bis|ter|quater|huis|${box})`;

/** What follows the number: `a`, `bis`, `A-hs`, `bus A`. */
const addition = new RegExp(String.raw`^(?:[\s-]?${added})?(?:[\s-]${added})?\.?$`, 'iu');

/** The house number before the number of a box: `12 bus `, `12a/`. */
const beforeBox = new RegExp(String.raw`\d{1,5}\p{L}?\s?,?\s?(?:[-/]\s?|${box}\.?\s?)$`, 'iu');

/** Begins at the start of a run only. Otherwise a long run of blanks before another letter takes quadratic time. */
const blanksAtEnd = /(?<![\s,])[\s,]+$/;

interface Street {
  street: string;
  houseNr: string;
}

/**
 * Splits a street and the house number at its end, which may have a box number. `undefined` where the last number is
 * not plainly that of a house.
 */
function splitStreet(text: string): Street | undefined {
  const last = [...text.matchAll(/\d+/g)].at(-1);
  if (!last || last[0].length > 5) return undefined;
  if (!addition.test(text.slice(last.index + last[0].length))) return undefined;
  const house = beforeBox.exec(text.slice(Math.max(0, last.index - 20), last.index));
  const start = house ? last.index - house[0].length : last.index;
  const street = text.slice(0, start).replace(blanksAtEnd, '');
  // A letter right before the number makes it part of a word, such as a block.
  if (!/\p{L}/u.test(street) || /\p{L}$/u.test(text.slice(0, start))) return undefined;
  return { street, houseNr: text.slice(start).trim() };
}

const hasDigit = (text: string): boolean => /\d/.test(text);

/**
 * The street and the house number of an address. The number may be in the street, and what follows it in the field of
 * the number. `undefined` where the address has no number.
 */
export function readStreet({ street = '', houseNumber = '' }: Address): Street | undefined {
  if (hasDigit(houseNumber)) return { street, houseNr: houseNumber };
  const split = splitStreet(street);
  const isAddition = /\p{L}/u.test(houseNumber) && addition.test(` ${houseNumber}`);
  if (!split || !isAddition) return split;
  return { ...split, houseNr: `${split.houseNr} ${houseNumber}` };
}

const languages: Record<string, string> = { NL: 'nl', BE: 'nl', DE: 'de', AT: 'de', FR: 'fr' };

/** The postcodes of Walloon Brabant, and of Liège, Namur, Luxembourg and Hainaut. */
const isFrenchBelgian = (postcode: string): boolean => {
  const number = Number(/\d{4}/.exec(postcode)?.[0]);
  return (number >= 1300 && number <= 1499) || (number >= 4000 && number <= 7999);
};

/** The language of IGF's mails to a customer of this country. Belgium has two, by its postcodes. */
export const languageOf = (country: string, postcode: string): string =>
  country === 'BE' && isFrenchBelgian(postcode) ? 'fr' : (languages[country] ?? 'en');

/** A value that IGF needs and that is not usable. No later webhook corrects it, so a person must look. */
export interface UnusablePart {
  part: string;
  /** What is wrong with it, and what to do: a sentence without the value. */
  attention: string;
}

export type CustomerReading =
  | { customer: CustomerRequest }
  /** The missing parts of the address that a listing needs; a later webhook may bring them. */
  | { missing: string[] }
  | { unusable: UnusablePart[] };

/** One plausible address: a part before the `@`, and a domain with a dot. */
const oneEmail = /^[^\s@,;:<>()"]+@[^\s@,;:<>()".]+(\.[^\s@,;:<>()".]+)*\.[^\s@,;:<>()".]{2,}$/;

/** A name without a letter or a digit, such as `-`, is none. */
const readName = (text: string | undefined): string | undefined =>
  text && /[\p{L}\p{N}]/u.test(text) ? text : undefined;

export const unusablePart = (part: string, problem: string): UnusablePart => ({
  part,
  attention: `${problem}: let the normal return go on, or correct it at Winkelstraat.`,
});

export function readCustomer(address: Address | undefined): CustomerReading {
  const { email, street, city, postcode, country: writtenCountry } = address ?? {};
  if (!address || !email || !street || !city || !postcode || !writtenCountry) {
    const parts = { email, street, city, postcode, country: writtenCountry };
    return { missing: Object.entries(parts).flatMap(([part, value]) => (value ? [] : [part])) };
  }
  const lastName = readName(address.lastName) ?? readName(address.companyName);
  const firstName = readName(address.firstName);
  const country = readCountry(writtenCountry);
  const house = readStreet(address);
  const isEmail = oneEmail.test(email);
  if (!lastName || !country || !house || !isEmail) {
    const parts = [
      !lastName && unusablePart('name', 'The customer has neither a last name nor a company name'),
      !isEmail && unusablePart('e-mail address', "The customer's e-mail address is not one address"),
      !house && unusablePart('house number', 'The house number is missing in the address'),
      !country && unusablePart('country', "The customer's country is unknown"),
    ];
    return { unusable: parts.filter((part) => part !== false) };
  }
  return {
    customer: {
      email,
      ...(firstName && { firstName }),
      lastName,
      ...(address.phone && { phone: address.phone }),
      language: languageOf(country, postcode),
      address: { street: house.street, houseNr: house.houseNr, city, postalCode: postcode, country },
    },
  };
}
