import { type Command, CommanderError } from 'commander';
import { UsageError } from '../../infra/cli/command-line.ts';

/** Parses arguments without running an action, for the options of a program without subcommands. @throws UsageError */
export function parseOptions<Options extends object>(program: Command, args: readonly string[]): Options {
  try {
    return program.parse(args, { from: 'user' }).opts<Options>();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new UsageError(error.message.replaceAll('\n', ' '));
  }
}
