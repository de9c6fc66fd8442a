import fc from 'fast-check';
import { wrap } from '../../../infra/cli/wrap.ts';

test('a line that fits stays as it is, and so does every line in a pipe', () => {
  expect(wrap('  why        The article is new.', 60)).toEqual(['  why        The article is new.']);
  expect(wrap(`long ${'words '.repeat(30)}`, undefined)).toHaveLength(1);
});

test('a longer line breaks at words, and goes on below the text of its second column', () => {
  expect(
    wrap('  why        The return is authorized and its article can go to another customer.', 40),
  ).toEqual([
    '  why        The return is authorized',
    '             and its article can go to',
    '             another customer.',
  ]);
});

test('a wide first column is no reason to leave half of the terminal empty', () => {
  expect(wrap('order 000000549, return 000000078/YEK  Listed, since 2026-11-27', 50)).toEqual([
    'order 000000549, return 000000078/YEK  Listed,',
    '  since 2026-11-27',
  ]);
});

test('a long value has a line of its own', () => {
  const url = `https://example.org/${'a'.repeat(60)}`;
  expect(wrap(`  URL  ${url} is the one`, 30)).toEqual(['  URL', `       ${url}`, '       is the one']);
});

test('a command to copy is never broken, so that it can be pasted', () => {
  const command = 'npx bridge map-reason "mouwen te wijd" too_big --stage prod';
  expect(wrap(`  it waits for a mapping: ${command}`, 40)).toEqual([
    '  it waits for a mapping:',
    `      ${command}`,
  ]);
  expect(wrap(`  ${command}`, 40)).toEqual([`  ${command}`]);
});

test('no word is lost, and no line is longer than the terminal unless one word is', () => {
  const word = fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('a', 'b', '-') });
  const line = fc.array(word, { minLength: 1 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(line, fc.integer({ min: 20, max: 80 }), (text, width) => {
      const lines = wrap(text, width);
      expect(lines.join(' ').split(/ +/).filter(Boolean)).toEqual(text.split(' '));
      for (const one of lines) expect(one.length <= width || !one.trim().includes(' ')).toBe(true);
    }),
  );
});
