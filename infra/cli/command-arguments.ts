import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './command-line.ts';

/** The old name of UsageError, until every program is on commander. */
export { UsageError as WrongOption };

type Read<Config extends ParseArgsConfig> = ReturnType<typeof parseArgs<Config>>;

/**
 * What was typed after `npm run <command> --`.
 * @throws UsageError that names the command's help
 */
export function readArguments<const Config extends ParseArgsConfig>(
  command: string,
  args: readonly string[],
  config: Config,
): Read<Config & { args: string[] }> {
  try {
    return parseArgs({ ...config, args: [...args] });
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UsageError(`${reason} (npm run ${command} -- --help lists what there is)`);
  }
}

/**
 * A whole number that was typed for an option, or the usual one.
 * @throws UsageError that says what may be typed
 */
export function wholeNumber(
  option: string,
  text: string | undefined,
  { usual, least, most = Number.MAX_SAFE_INTEGER }: { usual: number; least: number; most?: number },
): number {
  const value = Number(text ?? usual);
  if (Number.isSafeInteger(value) && value >= least && value <= most && text !== '') return value;
  const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `from ${least} on`;
  throw new UsageError(`--${option} ${text} is not possible: give a whole number ${range}.`);
}

/** `-h, --help`, which every command has. */
export const helpOption = { help: { type: 'boolean', short: 'h' } } as const;
