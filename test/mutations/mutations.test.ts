import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { mutations } from './mutations.ts';
import { readOptions } from './options.ts';
import { mutated } from './workplace.ts';

const root = join(import.meta.dirname, '../..');

test.each(mutations)('$name still finds what it breaks, and the tests that must notice', (mutation) => {
  const source = readFileSync(join(root, mutation.file), 'utf8');

  // What is no code any more would make every test red, and prove nothing.
  expect(stripTypeScriptTypes(mutated(source, mutation))).not.toBe(stripTypeScriptTypes(source));
  expect(mutation.tests.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(mutation.tests.length).toBeGreaterThan(0);
});

test('no two have one name', () => {
  expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
});

test('a mutation that finds its text nowhere, or twice, says so', () => {
  const [mutation] = mutations;
  if (!mutation) throw new Error('There is no mutation.');
  expect(() => mutated('', mutation)).toThrow(/stands 0 times/);
  expect(() => mutated(mutation.find.repeat(2), mutation)).toThrow(/stands 2 times/);
});

test('all are tried unless some are named, and a wrong name is answered with the right ones', () => {
  expect(readOptions([], mutations).mutations).toHaveLength(mutations.length);
  expect(readOptions(['lease-removed'], mutations).mutations.map(({ name }) => name)).toEqual([
    'lease-removed',
  ]);
  expect(() => readOptions(['lease'], mutations)).toThrow(/no mutation lease\. There are: lease-removed, /);
  expect(() => readOptions(['--all'], mutations)).toThrow(/--help lists/);
});

describe('docs/reliability.md', () => {
  const page = readFileSync(join(root, 'docs/reliability.md'), 'utf8');

  test('names every mutation, and none that is not there', () => {
    const listed = [...page.matchAll(/^Mutations: ([^.]+)\./gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect(listed.sort()).toEqual(mutations.map(({ name }) => name).sort());
  });

  test('names tests that are there', () => {
    const files = [...page.matchAll(/`(test\/[\w/.-]+\.test\.ts)`/g)].map(([, file = '']) => file);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(files.length).toBeGreaterThan(30);
  });
});
