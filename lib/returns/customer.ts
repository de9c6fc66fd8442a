import type { Address } from '../facts/facts.ts';
import type { CustomerRequest } from '../igf/api/requests.ts';

const languages: Record<string, string> = { NL: 'nl', BE: 'nl', DE: 'de', AT: 'de', FR: 'fr' };

/** The language of IGF's mails to a customer of this country. */
export const languageOf = (country: string): string => languages[country] ?? 'en';

export type CustomerReading =
  | { customer: CustomerRequest }
  /** The missing parts of the address that a listing needs; a later webhook may bring them. */
  | { missing: string[] }
  /** Only the name is missing. No later webhook brings one, so a person must look. */
  | { nameless: true };

/** The customer that IGF needs, from an address of Winkelstraat. */
export function readCustomer(address: Address | undefined): CustomerReading {
  const { email, street, city, postcode, country } = address ?? {};
  if (!address || !email || !street || !city || !postcode || !country) {
    const parts = { email, street, city, postcode, country };
    return { missing: Object.entries(parts).flatMap(([part, value]) => (value ? [] : [part])) };
  }
  const lastName = address.lastName ?? address.companyName;
  if (!lastName) return { nameless: true };
  return {
    customer: {
      email,
      ...(address.firstName && { firstName: address.firstName }),
      lastName,
      ...(address.phone && { phone: address.phone }),
      language: languageOf(country),
      address: {
        street,
        ...(address.houseNumber && { houseNr: address.houseNumber }),
        city,
        postalCode: postcode,
        country,
      },
    },
  };
}
