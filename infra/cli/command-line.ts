import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { printableLine } from './output.ts';

/** 0: all is well. 1: something needs a person, or was not found. 2: typed wrong. */
export type ExitCode = 0 | 1 | 2;

/** A command writes to a terminal: the process's own, or a test's. */
export interface Terminal {
  /** A line for stdout. */
  print(line: string): void;
  /** A line for stderr. */
  complain(line: string): void;
  /** How many characters a line has room for; undefined where stdout is no terminal. */
  readonly columns?: number | undefined;
  /** A command sets it to 1 when it ran and found something that needs a person. */
  exitCode: ExitCode;
}

/** A command could not do its work; the message is one line for the person who called it. Exit code 1. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
}

/** A command, an option or a variable was typed wrong; the message is one line. Exit code 2. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError';
}

export const processTerminal = (): Terminal => ({
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  exitCode: 0,
});

/**
 * A commander program that writes to a terminal and never ends the process. Its subcommands inherit this when they are
 * made by `.command()`.
 * @param name how it is called, such as `npx bridge` or `npm run chaos --`
 */
export const newProgram = (name: string, terminal: Terminal): Command =>
  new Command(name)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.complain(text.trimEnd()),
      // runProgram prints errors, each as one line.
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(terminal.columns ?? helpWidth, helpWidth),
      getErrHelpWidth: () => Math.min(terminal.columns ?? helpWidth, helpWidth),
    })
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(false);

const helpWidth = 110;

/** Adds examples below the options of a command's help. */
export const addExamples = (command: Command, ...lines: readonly string[]): Command =>
  command.addHelpText('after', ['', 'Examples:', ...lines.map((line) => `  ${line}`)].join('\n'));

/**
 * For a command with both an action and subcommands: rejects another word behind it as an unknown subcommand. Call it
 * after the subcommands were added, because they would inherit that excess arguments are allowed.
 */
export const rejectUnknownSubcommands = (command: Command): Command =>
  command.allowExcessArguments().hook('preAction', (_hooked, called) => {
    if (called === command && command.args.length > 0) rejectUnknown(command);
  });

/** Commander's own error, which suggests a similar name; its types leave the method out. */
const rejectUnknown = (command: Command): never =>
  (command as Command & { unknownCommand(): never }).unknownCommand();

/** Without the request for help, when a word names no command: commander would print its parent's help instead. */
function withoutVainHelp(program: Command, args: readonly string[]): readonly string[] {
  let command = program;
  for (const word of args.filter((arg) => !arg.startsWith('-'))) {
    const named = command.commands.find((one) => [one.name(), ...one.aliases()].includes(word));
    if (!named) return command.commands.length > 0 ? args.filter((arg) => !/^(-h|--help)$/.test(arg)) : args;
    command = named;
  }
  return args;
}

/**
 * Parses the arguments and runs the action of the command that they name. An error is one printable line, because it
 * may contain texts from outside.
 * @param args without node and script
 * @returns the exit code
 */
export async function runProgram(
  program: Command,
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  try {
    await program.parseAsync(withoutVainHelp(program, args), { from: 'user' });
    return terminal.exitCode;
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof CommanderError)) throw error;
    // Commander has printed the help or the version.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Without a subcommand commander has printed the help already.
    if (!(error instanceof CommanderError && error.code === 'commander.help'))
      terminal.complain(printableLine(error.message));
    return error instanceof CommanderError || error instanceof UsageError ? 2 : 1;
  }
}

/** Parses an option's value as a whole number: `.option('--seed <n>', 'the first', wholeNumber({ least: 0 }), 1)`. */
export const wholeNumber =
  ({ least, most = Number.MAX_SAFE_INTEGER }: { least: number; most?: number }) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least && value <= most && text.trim() !== '') return value;
    const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `from ${least}`;
    throw new InvalidArgumentError(`Give a whole number ${range}.`);
  };

/** Parses what a person says, which must not be empty. */
export function said(text: string): string {
  const trimmed = text.trim();
  if (trimmed !== '') return trimmed;
  throw new InvalidArgumentError('It is empty.');
}

/** Parses an option's value as one of some words, in any case. A similar word is suggested for an unknown one. */
export const oneOf =
  <Word extends string>(words: readonly Word[]) =>
  (text: string): Word => {
    const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`Give one of ${words.join(', ')}. ${suggestionFor(text, words)}`.trim());
  };

/** Commander suggests only names of commands. */
function suggestionFor(text: string, words: readonly string[]): string {
  const names = new Command().exitOverride().helpCommand(false);
  names.configureOutput({ outputError: () => undefined });
  for (const word of words) names.command(word);
  names.args = [text];
  try {
    return rejectUnknown(names);
  } catch (error) {
    return /\((Did you mean .*)\)/s.exec(String(Object(error).message))?.[1] ?? '';
  }
}

/**
 * npm passes on Ctrl-C, so the signal arrives twice. Within this time, in milliseconds, a second signal
 * counts as the same key press.
 */
const echoMs = 1000;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs long work. The first Ctrl-C signals the work to end. A second Ctrl-C ends the process as usual. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let first: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    first ??= performance.now();
    stop.abort();
    if (performance.now() - first < echoMs) return;
    release();
    process.kill(process.pid, signal);
  };
  const release = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return work(stop.signal).finally(release);
}
