import { alpha2ByAlpha3, countryCodes } from '../config/countries.ts';
import { comparableText } from './vocabulary.ts';

/** Names that people use beside the ones below. */
const otherNames: [name: string, code: string][] = [
  ['the netherlands', 'NL'],
  ['holland', 'NL'],
];

/** The countries by their Dutch, English, German and French names, as Node's own data has them. */
function namesOfCountries(): ReadonlyMap<string, string> {
  const names = ['nl', 'en', 'de', 'fr'].flatMap((language) => {
    const displayed = new Intl.DisplayNames(language, { type: 'region' });
    return [...countryCodes].map((code): [string, string] => [
      comparableText(displayed.of(code) ?? code),
      code,
    ]);
  });
  return new Map([...names, ...otherNames]);
}

let byName: ReadonlyMap<string, string> | undefined;

/**
 * The two-letter code (ISO 3166-1 alpha-2) of a country that is written as a code of two or three letters, or as its
 * name in one of four languages; `undefined` for any other text.
 */
export function readCountry(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  if (countryCodes.has(code)) return code;
  byName ??= namesOfCountries();
  return alpha2ByAlpha3.get(code) ?? byName.get(comparableText(text));
}
