import { readFileSync } from 'node:fs';
import { igfDocument } from '../../../infra/ops/commands/igf-docs.ts';

test('docs/igf.md is what "npx bridge igf docs" writes from the table', () => {
  const file = new URL('../../../docs/igf.md', import.meta.url);

  expect(readFileSync(file, 'utf8')).toBe(igfDocument());
});

test('every operation has a row, with its method of the client', () => {
  const rows = igfDocument().match(/^\| \d+ \|.*$/gm) ?? [];

  expect(rows).toHaveLength(64);
  expect(rows.filter((row) => /\| `igf\.\w+\.\w+`(, `igf\.\w+\.\w+`)* \|$/.test(row))).toHaveLength(64);
});
