import { badInput } from './bad-input.ts';
import type { Mutation } from './mutation.ts';
import { nothingLost } from './nothing-lost.ts';
import { nothingTwice } from './nothing-twice.ts';
import { outage } from './outage.ts';
import { quarantine } from './quarantine.ts';
import { retryAndRedrive } from './retry-and-redrive.ts';
import { secretsAndTime } from './secrets-and-time.ts';

/** Every mutation, by the promise that it breaks; `docs/reliability.md` lists them. */
export const mutations: readonly Mutation[] = [
  ...nothingTwice,
  ...nothingLost,
  ...retryAndRedrive,
  ...outage,
  ...quarantine,
  ...badInput,
  ...secretsAndTime,
];
