import { readFileSync } from 'node:fs';
import { documents, documentText, pathOf } from './documents.ts';

test.each(Object.keys(documents))('%s is what "npm run docs" writes', (name) => {
  expect(readFileSync(pathOf(name), 'utf8')).toBe(documentText(name));
});

test('every operation of ItGoesForward has a row, with its method of the client', () => {
  const rows = documentText('docs/igf.md').match(/^\| \d+ \|.*$/gm) ?? [];

  expect(rows).toHaveLength(64);
  expect(rows.filter((row) => /\| `igf\.\w+\.\w+`(, `igf\.\w+\.\w+`)* \|$/.test(row))).toHaveLength(64);
});

test('every field of a JSON document is described', () => {
  const fields = documentText('docs/commands.md').match(/^\| `[^`]*` \| [^|]* \|.*\|$/gm) ?? [];

  expect(fields.length).toBeGreaterThan(100);
  expect(fields.filter((row) => / \| +\|$/.test(row))).toEqual([]);
});
