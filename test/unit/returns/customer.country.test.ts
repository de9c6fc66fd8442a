import { countryCodes } from '../../../lib/config/countries.ts';
import { readCountry } from '../../../lib/returns/customer.ts';
import { comparableText } from '../../../lib/returns/vocabulary.ts';

test.each([
  ['NL', 'NL'],
  [' nl ', 'NL'],
  ['NLD', 'NL'],
  ['Nederland', 'NL'],
  ['NEDERLAND', 'NL'],
  ['Netherlands', 'NL'],
  ['The Netherlands', 'NL'],
  ['Holland', 'NL'],
  ['Niederlande', 'NL'],
  ['Pays-Bas', 'NL'],
  ['België', 'BE'],
  ['BELGIE', 'BE'],
  ['Belgique', 'BE'],
  ['Deutschland', 'DE'],
  ['DEU', 'DE'],
  ['Duitsland', 'DE'],
  ['ÖSTERREICH', 'AT'],
  ['Oostenrijk', 'AT'],
  ['Frankrijk', 'FR'],
  ['France', 'FR'],
  ['United Kingdom', 'GB'],
  ['GBR', 'GB'],
  ["Cote d'Ivoire", 'CI'],
])('%j is the country %s', (text, code) => {
  expect(readCountry(text)).toBe(code);
});

test.each(['UK', 'XX', 'XXX', 'Narnia', 'NL NL', '', '-', 'constructor'])('%j is no country', (text) => {
  expect(readCountry(text)).toBeUndefined();
});

test('each country is read by its codes and its names in four languages, and no name is of two countries', () => {
  const codesByName = new Map<string, Set<string>>();
  for (const language of ['nl', 'en', 'de', 'fr']) {
    const names = new Intl.DisplayNames(language, { type: 'region' });
    for (const code of countryCodes) {
      const name = names.of(code) ?? '';
      expect(readCountry(name)).toBe(code);
      const codes = codesByName.get(comparableText(name)) ?? new Set();
      codesByName.set(comparableText(name), codes.add(code));
    }
  }
  expect([...codesByName].filter(([, codes]) => codes.size > 1)).toEqual([]);
});
