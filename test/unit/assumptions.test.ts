import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allCases } from '../cases/all-cases.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/assumptions.md'), 'utf8');
const [ledger = '', mails = ''] = page.split('\n## The mails\n');

/** The assumptions, such as `W1`, with their text. */
const assumptions = ledger
  .split('\n### ')
  .slice(1)
  .map((text) => ({ id: text.split('.')[0] ?? '', text }));

const parts = ['Assumed', 'Source', 'If it is false', 'Noticed by', 'Tests', 'Question'];

const caseNames = new Set(allCases.map(({ name }) => name));
const casesFile = 'test/cases/cases.test.ts';

/** The tests that a text names, as `path`: "name", "name". */
function testsIn(text: string): { file: string; name: string }[] {
  const files = [...text.matchAll(/`(test\/[^`]+)`((?:[:,] "[^"]+")+)/g)];
  return files.flatMap(([, file = '', names = '']) =>
    [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => ({ file, name })),
  );
}

/** Whether a file has a test, or a group of tests, with this title. */
function isTest({ file, name }: { file: string; name: string }): boolean {
  const path = join(root, file);
  if (!existsSync(path)) return false;
  if (file === casesFile && caseNames.has(name)) return true;
  const title = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll("'", "\\\\?'");
  return new RegExp(`\\(\\s*(['"\`])${title}\\1`).test(readFileSync(path, 'utf8'));
}

test('the assumptions are numbered without a gap, by vendor', () => {
  const ids = assumptions.map(({ id }) => id);
  const numbered = (letter: string) => {
    const own = ids.filter((id) => id.startsWith(letter));
    return own.map((_, index) => `${letter}${index + 1}`);
  };
  expect(ids).toEqual([...numbered('W'), ...numbered('I')]);
});

describe.each(assumptions)('assumption $id', ({ text }) => {
  test('says all of it, in this order', () => {
    const labels = [...text.matchAll(/^- \*\*([^:*]+):\*\*/gm)].map(([, label]) => label);
    expect(labels).toEqual(parts);
  });

  test('names tests that exist', () => {
    const named = testsIn(text);
    expect(named).not.toEqual([]);
    expect(named.filter((each) => !isTest(each))).toEqual([]);
  });
});

test.each(['Winkelstraat', 'ItGoesForward'])(
  'each question to %s is in its mail, and settles an assumption',
  (vendor) => {
    const settled = [...ledger.matchAll(new RegExp(`${vendor} (\\d+)`, 'g'))].map(([, number]) =>
      Number(number),
    );
    const [, mail = ''] = mails.split(`### Questions to ${vendor}`);
    const [own = ''] = mail.split('\n### ');
    const questions = [...own.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
    expect([...new Set(settled)].sort((one, other) => one - other)).toEqual(questions);
  },
);
