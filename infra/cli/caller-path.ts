import { resolve } from 'node:path';

/** A path that a person typed, from the folder where it was typed: npm runs its scripts in the repository's own. */
export const callerPath = (typed: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), typed);
