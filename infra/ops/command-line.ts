import { parseArgs } from 'node:util';
import { type Command, CommandError, type CommandInput, UsageError } from './command.ts';
import { commandHelp, generalHelp } from './help.ts';

export interface Output {
  /** A line for stdout. */
  print(line: string): void;
  /** A line for stderr. */
  complain(line: string): void;
}

/**
 * Runs the command that the arguments name.
 * @returns the exit code: 0 all is well, 1 something is not or could not be done, 2 typed wrong.
 */
export async function runCommandLine(
  commands: readonly Command[],
  args: readonly string[],
  { print, complain }: Output,
): Promise<0 | 1 | 2> {
  try {
    const command = commandOf(commands, args);
    if (command === undefined) {
      print(generalHelp(commands));
      return 0;
    }
    const input = readInput(command, args.slice(command.name.split(' ').length));
    if (input === 'help') {
      print(commandHelp(command));
      return 0;
    }
    return await command.run(input, print);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    complain(error.message);
    return error instanceof UsageError ? 2 : 1;
  }
}

const isHelp = (argument: string): boolean => argument === '--help' || argument === '-h';

/** @returns undefined when only help is asked for. */
function commandOf(commands: readonly Command[], args: readonly string[]): Command | undefined {
  const found = commands
    .filter(({ name }) => name.split(' ').every((word, at) => args[at] === word))
    .toSorted((one, other) => other.name.length - one.name.length);
  if (found[0]) return found[0];
  const [first] = args;
  if (first === undefined || isHelp(first)) return undefined;
  const family = commands.filter(({ name }) => name.split(' ')[0] === first).map(({ name }) => name);
  if (family.length > 0 && (args[1] === undefined || isHelp(args[1]))) {
    throw new UsageError(`Which one: ${family.join(', ')}? npm run ops -- ${family[0]} --help tells more.`);
  }
  const typed = args.slice(0, family.length > 0 ? 2 : 1).join(' ');
  throw new UsageError(`There is no command ${typed}, only ${commands.map(({ name }) => name).join(', ')}.`);
}

function readInput(command: Command, args: readonly string[]): CommandInput | 'help' {
  const { positionals, values } = parse(command, args);
  const { help, ...options } = values;
  if (help) return 'help';
  const least = command.positionals.filter((positional) => positional.startsWith('<'));
  const missing = least[positionals.length];
  if (missing) throw wrong(command, `${command.name} needs ${missing}`);
  const surplus = positionals[command.positionals.length];
  const several = command.positionals.at(-1)?.includes('…') ?? false;
  if (surplus !== undefined && !several) {
    throw wrong(command, `${command.name} does not take ${JSON.stringify(surplus)}`);
  }
  return { positionals, options };
}

function parse(command: Command, args: readonly string[]) {
  const options = Object.entries(command.options ?? {}).map(([name, { type }]) => [name, { type }] as const);
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...Object.fromEntries(options), help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split(/[\n.]/);
    throw wrong(command, reason);
  }
}

const wrong = (command: Command, reason: string): UsageError =>
  new UsageError(`${reason} (npm run ops -- ${command.name} --help tells more).`);
