import type { Command } from './command.ts';
import { igfDocs } from './igf/docs.ts';
import { igfVerify } from './igf/verify.ts';

/** Every operator command, in the order of the help. */
export const commands: readonly Command[] = [igfVerify, igfDocs];
