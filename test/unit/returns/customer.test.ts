import { languageOf, readCustomer } from '../../../lib/returns/customer.ts';
import { address } from '../../support/builders.ts';

test.each([
  ['NL', '1012AB', 'nl'],
  ['DE', '4000', 'de'],
  ['AT', '4020', 'de'],
  ['FR', '75001', 'fr'],
  ['ES', '4000', 'en'],
  ['GB', 'EC1A 1BB', 'en'],
  ['BE', '1000', 'nl'],
  ['BE', '1299', 'nl'],
  ['BE', '1300', 'fr'],
  ['BE', '1499', 'fr'],
  ['BE', '1500', 'nl'],
  ['BE', '3999', 'nl'],
  ['BE', '4000', 'fr'],
  ['BE', 'B-4000', 'fr'],
  ['BE', '4700', 'fr'],
  ['BE', '7999', 'fr'],
  ['BE', '8000', 'nl'],
  ['BE', 'onbekend', 'nl'],
])('a customer in %s %s gets mails in %s', (country, postcode, language) => {
  expect(languageOf(country, postcode)).toBe(language);
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
    const sparse = address({ firstName: undefined, phone: undefined });

    expect(readCustomer(sparse)).toEqual({
      customer: {
        email: 'jan.jansen@example.com',
        lastName: 'Jansen',
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

  test('is named after the company when there is no last name', () => {
    const ofCompany = address({ firstName: undefined, lastName: undefined, companyName: 'Jansen B.V.' });

    expect(readCustomer(ofCompany)).toMatchObject({ customer: { lastName: 'Jansen B.V.' } });
  });

  test('keeps the last name when a company is named too', () => {
    expect(readCustomer(address({ companyName: 'Jansen B.V.' }))).toMatchObject({
      customer: { lastName: 'Jansen' },
    });
  });

  test('has the code of a country that is written in another way', () => {
    const inWords = address({ country: 'BELGIQUE', postcode: '4000' });

    expect(readCustomer(inWords)).toMatchObject({
      customer: { language: 'fr', address: { country: 'BE' } },
    });
  });

  test('has street and number apart, also from one field', () => {
    const inOne = address({ street: 'Lindenallee 12a', houseNumber: undefined });

    expect(readCustomer(inOne)).toMatchObject({
      customer: { address: { street: 'Lindenallee', houseNr: '12a' } },
    });
  });

  test.each([
    [
      'name',
      { lastName: undefined },
      /^The customer has neither a last name nor a company name: let the normal/,
    ],
    ['name', { lastName: '-', companyName: '.' }, /neither a last name nor a company name/],
    ['e-mail address', { email: 'n/a' }, /e-mail address is not one address: let the normal return go on/],
    ['e-mail address', { email: 'a@example.com, b@example.com' }, /e-mail/],
    ['e-mail address', { email: 'jan@example' }, /e-mail/],
    [
      'house number',
      { houseNumber: undefined },
      /^The house number is missing .*correct it at Winkelstraat\.$/,
    ],
    ['country', { country: 'Narnia' }, /^The customer's country is unknown: /],
  ])('has an unusable %s in %j, and a sentence without the value says so', (part, change, attention) => {
    const reading = readCustomer(address(change));

    expect(reading).toEqual({ unusable: [{ part, attention: expect.stringMatching(attention) }] });
    for (const value of Object.values(change)) {
      if (value && value.length > 1) expect(JSON.stringify(reading)).not.toContain(value);
    }
  });

  test.each(['jan@example.com', 'j.o+x@sub.example.co.uk', "o'hara@example.ie", 'jan@müller.example'])(
    'has the e-mail address %s',
    (email) => {
      expect(readCustomer(address({ email }))).toMatchObject({ customer: { email } });
    },
  );

  test('names every unusable part', () => {
    const bad = address({ lastName: undefined, email: '?', houseNumber: undefined, country: 'Narnia' });

    expect(readCustomer(bad)).toMatchObject({
      unusable: [{ part: 'name' }, { part: 'e-mail address' }, { part: 'house number' }, { part: 'country' }],
    });
  });

  test('waits for missing parts before a person must look at unusable ones', () => {
    expect(readCustomer(address({ email: '?', city: undefined }))).toEqual({ missing: ['city'] });
  });

  test.each(['email', 'street', 'city', 'postcode', 'country'] as const)('is missing without %s', (part) => {
    expect(readCustomer(address({ [part]: undefined }))).toEqual({ missing: [part] });
  });

  test('is missing in all its parts without an address', () => {
    expect(readCustomer(undefined)).toEqual({ missing: ['email', 'street', 'city', 'postcode', 'country'] });
  });
});
