import { parseArgs } from 'node:util';
import type { Mutation } from './mutations.ts';

export interface MutationOptions {
  readonly help: boolean;
  readonly mutations: readonly Mutation[];
}

/** A wrong argument; the message is one line for the person who typed it. */
export class WrongOption extends Error {
  override readonly name = 'WrongOption';
}

export const helpText = `Breaks the code on purpose and sees the tests go red: npm run mutations -- [name…]

  name        try this mutation only (see infra/mutations/mutations.ts); all without a name
  -h, --help  this text

Each mutation is made in a copy of the committed tree, never in yours. Exit code 1: a mutation survived, so a promise of
docs/reliability.md is not held by the tests that are named for it.`;

/**
 * Reads the arguments of `npm run mutations`.
 * @throws WrongOption with one clear line.
 */
export function readOptions(args: readonly string[], known: readonly Mutation[]): MutationOptions {
  const { values, positionals } = parse(args);
  const unknown = positionals.find((name) => !known.some((mutation) => mutation.name === name));
  if (unknown !== undefined) {
    const names = known.map(({ name }) => name).join(', ');
    throw new WrongOption(`There is no mutation ${unknown}. There are: ${names}.`);
  }
  const chosen = positionals.length > 0 ? known.filter(({ name }) => positionals.includes(name)) : known;
  return { help: values.help ?? false, mutations: chosen };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new WrongOption(`${reason} (npm run mutations -- --help lists what there is)`);
  }
}
