import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { Mutation } from './mutation.ts';
import { chooseMutations, mutations } from './mutations.ts';
import { replaceExport } from './replace-export.ts';

const root = join(import.meta.dirname, '../..');

test.each(mutations)('$name finds the export that it breaks, and names tests that exist', (mutation) => {
  const source = readFileSync(join(root, mutation.file), 'utf8');

  // Without types it still parses: a syntax error would fail every test, and prove nothing.
  expect(stripTypeScriptTypes(replaceExport(source, mutation))).not.toBe(stripTypeScriptTypes(source));
  expect(mutation.tests.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(mutation.tests.length).toBeGreaterThan(0);
});

test('no two have one name', () => {
  expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
});

describe('an export is replaced', () => {
  const doubled: Mutation = {
    ...{ name: 'doubled', breaks: 'nothing', file: 'lib/any.ts', symbol: 'price', tests: [] },
    becomes: (original: () => number) => () => 2 * original(),
  };
  const evaluate = (source: string): Promise<{ price: () => number; total: number }> => {
    const code = stripTypeScriptTypes(replaceExport(source, doubled));
    return import(`data:text/javascript,${encodeURIComponent(code)}`);
  };

  test.each([
    ['a constant', 'export const price = () => 4;\nexport const total = price();'],
    ['a function', 'export const total = price();\nexport function price(): number { return 4; }'],
  ])('also where the module itself uses it: %s', async (_kind, source) => {
    const { price, total } = await evaluate(source);
    expect([price(), total]).toEqual([8, 8]);
  });

  test('and a module without it says so', () => {
    expect(() => replaceExport('const price = 1;', doubled)).toThrow('doubled: lib/any.ts exports no price.');
  });
});

test('all are tried unless some are named, and a wrong name is answered with the right ones', () => {
  expect(chooseMutations([])).toHaveLength(mutations.length);
  expect(chooseMutations(['duplicate-counted']).map(({ name }) => name)).toEqual(['duplicate-counted']);
  expect(() => chooseMutations(['lease'])).toThrow(/no mutation lease\. There are: .*duplicate-counted, /);
});

describe('docs/reliability.md', () => {
  const page = readFileSync(join(root, 'docs/reliability.md'), 'utf8');

  const quoted = (text = ''): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  /** The rows of rules: the mutations that break a rule, and the tests that go red. */
  const rows = [...page.matchAll(/^\| [^|]+ \| (`[^|]+) \| (`test\/[^|]+) \|$/gm)].map(
    ([, names, files]) => ({ names: quoted(names), files: quoted(files) }),
  );

  test('names every mutation, and none that is not there', () => {
    const listed = [...page.matchAll(/^Mutations: ([^.]+)\./gm)].flatMap(([, names]) => quoted(names));
    const named = new Set([...listed, ...rows.flatMap(({ names }) => names)]);
    expect([...named].sort()).toEqual(mutations.map(({ name }) => name).sort());
  });

  test('names for each rule the tests of its mutations', () => {
    expect(rows.length).toBeGreaterThan(20);
    for (const { names, files } of rows) {
      expect(new Set(files)).toEqual(new Set(chooseMutations(names).flatMap(({ tests }) => tests)));
    }
  });

  test('names tests that are there', () => {
    const files = [...page.matchAll(/`(test\/[\w/.-]+\.test\.ts)`/g)].map(([, file = '']) => file);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(files.length).toBeGreaterThan(30);
  });
});
