/** `docs/vocabulary.md` shows the built-in texts: each of its tables is read and compared with what the bridge knows. */
import { readFileSync } from 'node:fs';
import knownTexts from '../../../lib/returns/known-texts.json' with { type: 'json' };
import { meaningOf, readMerchantResolution } from '../../../lib/returns/vocabulary.ts';

const languages = ['Dutch', 'English', 'German', 'French'];
type Texts = Record<'nl' | 'en' | 'de' | 'fr', string>;

const page = readFileSync(new URL('../../../docs/vocabulary.md', import.meta.url), 'utf8');

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The rows of the page's table whose first column has this title: the first cell, and the texts by language. */
function rows(title: string): [meaning: string, texts: Texts][] {
  const lines = page.split('\n');
  const header = ['', title, ...languages, ''].join(' | ').trim().replace(/ +/g, ' ');
  const start = lines.findIndex((line) => line.replace(/ +/g, ' ') === header);
  if (start < 0) throw new Error(`docs/vocabulary.md has no table "${header}".`);
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  return lines.slice(start + 2, start + length).map((line) => {
    const [meaning = '', nl = '', en = '', de = '', fr = ''] = cellsOf(line);
    return [meaning.replaceAll('`', ''), { nl, en, de, fr }];
  });
}

/** Each text of a table's rows: the meaning of its row, and the text. */
const texts = (title: string): [meaning: string, text: string][] =>
  rows(title).flatMap(([meaning, byLanguage]) =>
    Object.values(byLanguage).flatMap((list) =>
      list.split(', ').map((text): [string, string] => [meaning, text]),
    ),
  );

test('the page has the texts of the bridge, all and no others', () => {
  expect(Object.fromEntries(rows('IGF'))).toEqual(knownTexts.reason);
  expect(Object.fromEntries(rows('condition'))).toEqual(knownTexts.condition);
  expect(Object.fromEntries(rows('resolution'))).toEqual({
    ...knownTexts.resolution,
    rejected: knownTexts.rejection,
  });
  expect(Object.fromEntries(rows(''))).toEqual({ unknown: knownTexts.ambiguousReason });
});

test.each(texts('IGF'))('the reason %s: %s', (meaning, text) => {
  expect(meaningOf('reason', text)).toBe(meaning);
  expect(meaningOf('reason', `  ${text.toUpperCase()}!`)).toBe(meaning);
});

test.each(texts(''))('a reason is %s: %s', (_unknown, text) => {
  expect(meaningOf('reason', text)).toBeUndefined();
});

test.each(texts('condition'))('the condition %s: %s', (meaning, text) => {
  expect(meaningOf('condition', text)).toBe(meaning);
});

test.each(texts('resolution'))('the resolution %s: %s', (meaning, text) => {
  expect(meaningOf('resolution', text)).toBe(meaning === 'rejected' ? undefined : meaning);
  expect(readMerchantResolution(text)).toBe(meaning === 'refund' ? 'refund' : 'not-refund');
});
