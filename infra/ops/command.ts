/** An option of a command, `--take-over` or `--region eu-west-1`, with its line in the help. */
export interface CommandOption {
  readonly type: 'boolean' | 'string';
  readonly about: string;
}

/** What the person typed, held against what the command takes. */
export interface CommandInput {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

type ExitCode = 0 | 1;

/** One operator command, in a file of its own; `commands.ts` lists them. */
export interface Command {
  /** The words that call it, such as `igf verify`. */
  readonly name: string;
  /** What follows the name: `<file>` must be there, `[file]` may be, `<file…>` may be several. */
  readonly positionals: readonly string[];
  readonly options?: Readonly<Record<string, CommandOption>>;
  /** One line of the list of commands. */
  readonly summary: string;
  /** The rest of the command's own help. */
  readonly details?: string;
  /** @throws CommandError with one clear line. */
  run(input: CommandInput, print: (line: string) => void): Promise<ExitCode>;
}

export { CommandError, UsageError } from '../cli/command-line.ts';
