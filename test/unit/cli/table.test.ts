import { table } from '../../support/table.ts';

test('text begins and numbers end at the same place', () => {
  const text = table(
    ['What', 'Count', ''],
    [
      ['a listing', '9', 'calls'],
      ['all', '1,234', 'bytes'],
    ],
  );

  expect(text.split('\n')).toEqual([
    'What       Count',
    '─────────  ─────  ─────',
    'a listing      9  calls',
    'all        1,234  bytes',
  ]);
});

test('a row may leave out its last cells', () => {
  expect(
    table(['What', 'Count'], [['nothing']])
      .split('\n')
      .at(-1),
  ).toBe('nothing');
});
