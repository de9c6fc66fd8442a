import { languageOf, readCustomer } from '../../../lib/returns/customer.ts';
import { address } from '../../support/builders.ts';

test.each([
  ['NL', 'nl'],
  ['BE', 'nl'],
  ['DE', 'de'],
  ['AT', 'de'],
  ['FR', 'fr'],
  ['ES', 'en'],
  ['GB', 'en'],
])('a customer in %s gets mails in %s', (country, language) => {
  expect(languageOf(country)).toBe(language);
});

describe('the customer that IGF needs', () => {
  test('has name, contact, language and address', () => {
    expect(readCustomer(address())).toEqual({
      customer: {
        email: 'jan.jansen@example.com',
        firstName: 'Jan',
        lastName: 'Jansen',
        phone: '+31600000000',
        language: 'nl',
        address: {
          street: 'Edsger Dijkstraat',
          houseNr: '12',
          city: 'Zonnewijk',
          postalCode: '9012DE',
          country: 'NL',
        },
      },
    });
  });

  test('leaves out values that are unknown and optional', () => {
    const sparse = address({ firstName: undefined, phone: undefined, houseNumber: undefined });

    expect(readCustomer(sparse)).toEqual({
      customer: {
        email: 'jan.jansen@example.com',
        lastName: 'Jansen',
        language: 'nl',
        address: { street: 'Edsger Dijkstraat', city: 'Zonnewijk', postalCode: '9012DE', country: 'NL' },
      },
    });
  });

  test('is named after the company when there is no last name', () => {
    const ofCompany = address({ firstName: undefined, lastName: undefined, companyName: 'Jansen B.V.' });

    expect(readCustomer(ofCompany)).toMatchObject({ customer: { lastName: 'Jansen B.V.' } });
  });

  test('keeps the last name when a company is named too', () => {
    expect(readCustomer(address({ companyName: 'Jansen B.V.' }))).toMatchObject({
      customer: { lastName: 'Jansen' },
    });
  });

  test('is nameless without a last name and a company', () => {
    expect(readCustomer(address({ lastName: undefined }))).toEqual({ nameless: true });
  });

  test.each(['email', 'street', 'city', 'postcode', 'country'] as const)('is missing without %s', (part) => {
    expect(readCustomer(address({ [part]: undefined }))).toEqual({ missing: [part] });
  });

  test('is missing in all its parts without an address', () => {
    expect(readCustomer(undefined)).toEqual({ missing: ['email', 'street', 'city', 'postcode', 'country'] });
  });
});
