import type { Command } from 'commander';
import type * as z from 'zod';
import {
  addExamples,
  type ExitCode,
  rejectUnknownSubcommands,
  said,
  type Terminal,
} from '../cli/command-line.ts';
import { printableJson, printableLine } from '../cli/output.ts';
import { wrap } from '../cli/wrap.ts';
import { awsFailure } from './aws/aws-error.ts';
import { addPlaceOptions, type OpenBridge, type PlaceOptions, withBridge } from './aws/open-bridge.ts';

/** Adds a command to a program, or to the command whose subcommand it is. */
export type AddCommand = (parent: Command, terminal: Terminal) => void;

/** What a running command gets. */
export interface Run<Options> {
  readonly options: Options;
  /** With `--dry-run`: the command must change nothing. */
  readonly isPreview: boolean;
  /** With `--json`: nobody can be asked. */
  readonly isJson: boolean;
  /** Prints lines, which may contain texts from outside, before the result: only for a question to the person. */
  print(...lines: readonly string[]): void;
}

/** What a command answers. Without an exit code it is 0. */
export interface Outcome<Result> {
  readonly result: Result;
  readonly exitCode?: ExitCode;
}

/** What `docs/commands.md` says about a command beyond its help. */
export interface Documented {
  readonly summary: string;
  /** When the exit code is 1. */
  readonly exit1?: string;
  readonly examples: readonly string[];
  /**
   * What `--json` prints. Each field has `.meta({ description })`. Times are ISO 8601 UTC, amounts are numbers in EUR
   * with tax, and what is not known is null.
   */
  readonly result?: z.ZodType;
}

/** A command's texts and parameters, and its work. Each file of `commands/` defines one, or some about one thing. */
export interface Definition<Options, Context, Schema extends z.ZodType, Result extends z.input<Schema>>
  extends Documented {
  readonly name: string;
  readonly alias?: string;
  /** The help wraps it, so a line end counts as a space. */
  readonly description: string;
  readonly result?: Schema;
  parameters?(command: Command): Command;
  /** Adds `--dry-run`, with this explanation, and `--preview`, which does the same. */
  readonly dryRun?: string;
  /** Adds `--by`, with this explanation. Its value is what `caller()` of the bridge answers. */
  readonly by?: string;
  readonly subcommands?: readonly AddCommand[];
  /** Checks what was typed, before anything is opened. @throws UsageError */
  check?(options: Options, ...args: never[]): void;
  /** Reads or changes something, and prints nothing. @param args the command's arguments, in their order */
  run(
    context: Context,
    ...args: never[]
    // biome-ignore lint/suspicious/noConfusingVoidType: a command without a result may return nothing
  ): Promise<Outcome<Result> | ExitCode | void> | Outcome<Result> | ExitCode | void;
  /**
   * The lines for a person. A terminal wraps them at words, and leaves a command to copy on a line of its own.
   * @param result may have more than the JSON, which has what its schema has
   */
  format?(result: Result, context: Context): readonly string[];
}

const documented = new WeakMap<Command, Documented>();

/** Undefined for a command that only has subcommands. */
export const documentationOf = (command: Command): Documented | undefined => documented.get(command);

/**
 * Makes a kind of command of `npx bridge`.
 * @param addCommonOptions adds the options that all of them have, below their own
 * @param open opens what they all work on, and closes it after the work
 */
export const commandsOn =
  <Common extends object, Opened extends object>(
    addCommonOptions: (command: Command) => void,
    open: (options: Common, work: (opened: Opened) => Promise<ExitCode>) => Promise<ExitCode>,
  ) =>
  <
    Options extends object = object,
    Schema extends z.ZodType = z.ZodType,
    Result extends z.input<Schema> = z.input<Schema>,
  >(
    definition: Definition<Options & Common, Run<Options & Common> & Opened, Schema, Result>,
  ): AddCommand =>
  (parent, terminal) => {
    const { name, alias, summary, exit1, examples, dryRun, by, subcommands = [], check } = definition;
    const command = parent.command(name).summary(summary).helpCommand(false);
    documented.set(command, definition);
    if (alias) command.alias(alias);
    const description = definition.description.replaceAll(/\s+/g, ' ').trim();
    command.description(description + (exit1 ? `\nExit code 1: ${exit1}.` : ''));
    addExamples(command, ...examples);
    definition.parameters?.(command);
    if (by) {
      const callers = 'your AWS identity, or with --local your user name';
      command.option('--by <name>', `${by}; default: ${callers}`, said);
    }
    if (dryRun) command.option('--dry-run', dryRun).option('--preview', 'the same as --dry-run');
    if (definition.result && !parent.options.some(({ long }) => long === '--json')) {
      command.option('--json', 'print one JSON document, which docs/commands.md describes');
    }
    addCommonOptions(command);
    const print = (...lines: readonly string[]): void => {
      for (const line of lines) {
        for (const part of wrap(printableLine(line), terminal.columns)) terminal.print(part);
      }
    };
    command.action(async () => {
      type Shared = { readonly preview?: true; readonly dryRun?: true; readonly json?: true };
      const options = command.optsWithGlobals<Options & Common & Shared>();
      const isPreview = options.preview === true || options.dryRun === true;
      const isJson = options.json === true;
      const args = command.processedArgs as never[];
      try {
        check?.(options, ...args);
        terminal.exitCode = await open(options, async (opened) => {
          const context = { ...opened, options, isPreview, isJson, print };
          const outcome = (await definition.run(context, ...args)) ?? 0;
          if (typeof outcome === 'number') return outcome;
          const { result, exitCode = 0 } = outcome;
          if (!isJson) print(...(definition.format?.(result, context) ?? []));
          else terminal.print(printableJson(definition.result?.parse(result)));
          return exitCode;
        });
      } catch (error) {
        throw awsFailure(error) ?? error;
      }
    });
    for (const add of subcommands) add(command, terminal);
    if (subcommands.length > 0) rejectUnknownSubcommands(command);
  };

/** A command that works on nothing but its arguments. */
export const defineCommand = commandsOn<object, object>(
  () => undefined,
  async (_options, work) => work({}),
);

/** What a command gets that works on a bridge. */
export interface BridgeRun<Options = object> extends Run<Options & PlaceOptions> {
  readonly bridge: OpenBridge;
}

/** A command that works on the bridge that `--stage` or `--local` names. */
export const bridgeCommand = commandsOn<PlaceOptions, { readonly bridge: OpenBridge }>(
  addPlaceOptions,
  (options, work) => withBridge(options, (bridge) => work({ bridge })),
);
