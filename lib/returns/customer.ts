import type { Address } from '../facts/facts.ts';
import type { CustomerRequest } from '../igf/api/requests.ts';
import { readCountry } from './country.ts';
import { readStreet } from './house-number.ts';

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

/** The customer that IGF needs, from an address of Winkelstraat. */
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
    return {
      unusable: [
        ...(lastName
          ? []
          : [unusablePart('name', 'The customer has neither a last name nor a company name')]),
        ...(isEmail
          ? []
          : [unusablePart('e-mail address', "The customer's e-mail address is not one address")]),
        ...(house ? [] : [unusablePart('house number', 'The house number is missing in the address')]),
        ...(country ? [] : [unusablePart('country', "The customer's country is unknown")]),
      ],
    };
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
