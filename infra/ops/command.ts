import type { Command } from 'commander';
import { addExamples, type ExitCode, rejectUnknownSubcommands, type Terminal } from '../cli/command-line.ts';
import { printableLine } from '../cli/output.ts';
import { awsFailure } from './aws/aws-error.ts';
import { addPlaceOptions, type OpenBridge, type PlaceOptions, withBridge } from './aws/open-bridge.ts';

/** Adds a command to a program, or to the command whose subcommand it is. */
export type AddCommand = (parent: Command, terminal: Terminal) => void;

/** What a running command gets. */
export interface Run<Options> {
  readonly options: Options;
  /** With `--preview` or `--dry-run`: the command must change nothing. */
  readonly isPreview: boolean;
  /** Prints lines, which may contain texts from outside. */
  print(...lines: string[]): void;
}

/** A command's texts and parameters, and its work. Each file of `commands/` defines one, or some about one thing. */
export interface Definition<Context> {
  readonly name: string;
  readonly alias?: string;
  readonly summary: string;
  /** The help wraps it, so a line end counts as a space. */
  readonly description: string;
  /** When the exit code is 1. */
  readonly exit1?: string;
  readonly examples: readonly string[];
  parameters?(command: Command): Command;
  /** Adds `--preview`, with this explanation, and `--dry-run`, which does the same. */
  readonly preview?: string;
  /** Adds `--dry-run` alone, with this explanation. */
  readonly dryRun?: string;
  readonly subcommands?: readonly AddCommand[];
  /** @param args the command's arguments, in their order. @returns the exit code, if it is not 0 */
  // biome-ignore lint/suspicious/noConfusingVoidType: a command that is always well returns nothing
  run(context: Context, ...args: never[]): Promise<ExitCode | void> | ExitCode | void;
}

/** A command of `npx bridge`. Its help has the options that `addCommonOptions` adds below its own. */
export const defineCommand =
  <Options extends object>(
    { preview, dryRun, parameters, subcommands = [], ...definition }: Definition<Run<Options>>,
    addCommonOptions?: (command: Command) => void,
  ): AddCommand =>
  (parent, terminal) => {
    const { name, alias, summary, description, exit1, examples, run } = definition;
    const command = parent.command(name).summary(summary).helpCommand(false);
    if (alias) command.alias(alias);
    command.description(
      description.replaceAll(/\s+/g, ' ').trim() + (exit1 ? `\nExit code 1: ${exit1}.` : ''),
    );
    addExamples(command, ...examples);
    if (preview) command.option('--preview', preview).option('--dry-run', 'the same as --preview');
    parameters?.(command);
    if (dryRun) command.option('--dry-run', dryRun);
    addCommonOptions?.(command);
    command.action(async () => {
      const options = command.optsWithGlobals<Options & { preview?: true; dryRun?: true }>();
      const context: Run<Options> = {
        options,
        isPreview: options.preview === true || options.dryRun === true,
        print: (...lines) => {
          for (const line of lines) terminal.print(printableLine(line));
        },
      };
      try {
        terminal.exitCode = (await run(context, ...(command.processedArgs as never[]))) ?? 0;
      } catch (error) {
        throw awsFailure(error) ?? error;
      }
    });
    for (const add of subcommands) add(command, terminal);
    if (subcommands.length > 0) rejectUnknownSubcommands(command);
  };

/** What a command gets that works on a bridge. */
export interface BridgeRun<Options = object> extends Run<Options & PlaceOptions> {
  readonly bridge: OpenBridge;
}

interface BridgeDefinition<Options> extends Definition<BridgeRun<Options>> {
  /** Checks what was typed, before the bridge is opened. @returns an answer that needs no bridge. @throws UsageError */
  check?(options: Options, ...args: never[]): string | undefined;
}

/** A command that works on the bridge that the place options name. It is opened before `run`, and closed afterwards. */
export const bridgeCommand = <Options extends object = object>({
  check,
  run,
  ...definition
}: BridgeDefinition<Options>): AddCommand =>
  defineCommand<Options & PlaceOptions>(
    {
      ...definition,
      async run(context, ...args) {
        const answer = check?.(context.options, ...args);
        if (answer !== undefined) return context.print(answer);
        return await withBridge(context.options, async (bridge) => run({ ...context, bridge }, ...args));
      },
    },
    addPlaceOptions,
  );
