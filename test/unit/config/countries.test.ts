import countries from '../../../lib/config/countries.json' with { type: 'json' };

const alpha2ByAlpha3 = new Map(Object.entries(countries));
const countryCodes = new Set(Object.values(countries));

test('ISO 3166-1 has 249 countries, each with one code of two and one of three letters', () => {
  expect(countryCodes.size).toBe(249);
  expect(alpha2ByAlpha3.size).toBe(249);
  for (const [alpha3, alpha2] of alpha2ByAlpha3) expect(`${alpha2}${alpha3}`).toMatch(/^[A-Z]{5}$/);
});

test('every code is a region with a name of its own', () => {
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const names = [...countryCodes].map((code) => english.of(code));
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(249);
});

test.each([
  ['NLD', 'NL'],
  ['DEU', 'DE'],
  ['AUT', 'AT'],
  ['GBR', 'GB'],
  ['CHE', 'CH'],
  ['SVK', 'SK'],
  ['SVN', 'SI'],
])('%s is %s', (alpha3, alpha2) => {
  expect(alpha2ByAlpha3.get(alpha3)).toBe(alpha2);
});

test.each(['UK', 'XX', 'EU', 'EL', 'ZZ'])('%s is no code of ISO 3166-1', (code) => {
  expect(countryCodes.has(code)).toBe(false);
});
