import { helpOption, readArguments, WrongOption } from '../../infra/cli/command-arguments.ts';
import type { Mutation } from './mutation.ts';

export interface MutationOptions {
  readonly help: boolean;
  readonly mutations: readonly Mutation[];
}

export const helpText = `Breaks the code on purpose and sees the tests go red: npm run mutations -- [name…]

  name        try this mutation only (see test/mutations/mutations.ts); all without a name
  -h, --help  this text

Each mutation is made in a copy of the committed tree, never in yours. Exit code 1: a mutation survived, so a promise of
docs/reliability.md is not held by the tests that are named for it.`;

/**
 * Reads the arguments of `npm run mutations`.
 * @throws WrongOption with one clear line.
 */
export function readOptions(args: readonly string[], known: readonly Mutation[]): MutationOptions {
  const config = { allowPositionals: true, options: helpOption } as const;
  const { values, positionals } = readArguments('mutations', args, config);
  const unknown = positionals.find((name) => !known.some((mutation) => mutation.name === name));
  if (unknown !== undefined) {
    const names = known.map(({ name }) => name).join(', ');
    throw new WrongOption(`There is no mutation ${unknown}. There are: ${names}.`);
  }
  const chosen = positionals.length > 0 ? known.filter(({ name }) => positionals.includes(name)) : known;
  return { help: values.help ?? false, mutations: chosen };
}
