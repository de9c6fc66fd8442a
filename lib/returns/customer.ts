/** A person's address as both families tell it: anything may be missing. */
export interface Address {
  firstName?: string | undefined;
  lastName?: string | undefined;
  companyName?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  street?: string | undefined;
  houseNumber?: string | undefined;
  postcode?: string | undefined;
  city?: string | undefined;
  /** ISO 3166-1 alpha-2, upper case. */
  country?: string | undefined;
}

/** Words that belong to the family name that follows them. */
const familyNamePrefixes = new Set(
  "van von de den der het 't ’t te ten ter tot op in aan bij onder uit voor 's ’s vande vanden vander la le du des di da dos el al".split(
    ' ',
  ),
);

/**
 * Splits a single name at the family name, with Dutch prefixes: "Jan van der Berg" is "Jan" and "van der Berg".
 * One word alone is a family name.
 */
export function splitName(name: string | undefined): Pick<Address, 'firstName' | 'lastName'> {
  const words = (name ?? '').split(/\s+/).filter(Boolean);
  const last = words.length - 1;
  if (last < 0) return {};
  const prefix = words.findIndex((word, index) => index < last && familyNamePrefixes.has(word.toLowerCase()));
  const start = prefix >= 0 ? prefix : last;
  return { firstName: words.slice(0, start).join(' ') || undefined, lastName: words.slice(start).join(' ') };
}

/** IGF's CustomerRequest: the fields that its document and its public client name. */
export interface Customer {
  email: string;
  firstName?: string;
  lastName: string;
  phone?: string;
  language: string;
  address: { street: string; houseNr?: string; city: string; postalCode: string; country: string };
}

const languages: Record<string, string> = { NL: 'nl', BE: 'nl', DE: 'de', AT: 'de', FR: 'fr' };

/** The language that IGF's mails to a customer of this country should have. */
export const languageOf = (country: string): string => languages[country] ?? 'en';

export type CustomerReading =
  | { customer: Customer }
  /** Names of the address parts that a listing can't do without and that are not known (yet). */
  | { missing: string[] }
  /** Everything is there but a name, which no later webhook brings: a human must look. */
  | { nameless: true };

/** The customer that IGF needs, of the address that Winkelstraat told. */
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
