import fc from 'fast-check';
import { languageOf, readCustomer } from '../../../lib/returns/customer.ts';
import { splitName } from '../../../lib/webhooks/winkelstraat/addresses.ts';
import { address } from '../../support/builders.ts';

describe('a single name is split at the family name', () => {
  test.each([
    ['Jan Jansen', 'Jan', 'Jansen'],
    ['Jan van der Berg', 'Jan', 'van der Berg'],
    ['Jan Peter de Vries', 'Jan Peter', 'de Vries'],
    ['JAN VAN DEN BERG', 'JAN', 'VAN DEN BERG'],
    ['Anna van ’t Hof', 'Anna', 'van ’t Hof'],
    ["Anna in 't Veld", 'Anna', "in 't Veld"],
    ['Mohammed el Amrani', 'Mohammed', 'el Amrani'],
    ['Anna Maria Berg', 'Anna Maria', 'Berg'],
    ['  Jan   van  der Berg ', 'Jan', 'van der Berg'],
    ['van der Berg', undefined, 'van der Berg'],
    ['Jansen', undefined, 'Jansen'],
    // A prefix with nothing behind it is no prefix.
    ['Jan Van', 'Jan', 'Van'],
  ])('%s', (name, firstName, lastName) => {
    expect(splitName(name)).toEqual({ firstName, lastName });
  });

  test.each([undefined, '', '   '])('no name (%j) has no parts', (name) => {
    expect(splitName(name)).toEqual({});
  });

  test('no word of a name is lost, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const { firstName, lastName } = splitName(name);
        const words = name.split(/\s+/).filter(Boolean);
        expect([firstName, lastName].filter(Boolean).join(' ')).toBe(words.join(' '));
        if (words.length > 0) expect(lastName).toBeTruthy();
      }),
    );
  });
});

test.each([
  ['NL', 'nl'],
  ['BE', 'nl'],
  ['DE', 'de'],
  ['AT', 'de'],
  ['FR', 'fr'],
  ['ES', 'en'],
  ['GB', 'en'],
])('a customer in %s is written to in %s', (country, language) => {
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

  test('leaves out what is not known and not needed', () => {
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
