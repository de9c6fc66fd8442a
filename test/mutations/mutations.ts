import { UsageError } from '../../infra/cli/command-line.ts';
import { badInput } from './bad-input.ts';
import { deciding } from './deciding.ts';
import { money } from './money.ts';
import type { Mutation } from './mutation.ts';
import { nothingLost } from './nothing-lost.ts';
import { nothingTwice } from './nothing-twice.ts';
import { operators } from './operators.ts';
import { outage } from './outage.ts';
import { quarantine } from './quarantine.ts';
import { reading } from './reading.ts';
import { retryAndRedrive } from './retry-and-redrive.ts';
import { secretsAndTime } from './secrets-and-time.ts';

/** Every mutation, by the promise that it breaks; `docs/reliability.md` lists them. */
export const mutations: readonly Mutation[] = [
  ...nothingTwice,
  ...nothingLost,
  ...reading,
  ...deciding,
  ...money,
  ...operators,
  ...retryAndRedrive,
  ...outage,
  ...quarantine,
  ...badInput,
  ...secretsAndTime,
];

/** The mutations of these names, or all without a name. @throws UsageError for an unknown name */
export function chooseMutations(names: readonly string[]): readonly Mutation[] {
  const unknown = names.find((name) => !mutations.some((mutation) => mutation.name === name));
  if (unknown !== undefined) {
    const known = mutations.map(({ name }) => name).join(', ');
    throw new UsageError(`There is no mutation ${unknown}. There are: ${known}.`);
  }
  return names.length > 0 ? mutations.filter(({ name }) => names.includes(name)) : mutations;
}
