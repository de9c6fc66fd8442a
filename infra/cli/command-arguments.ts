import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A wrong argument or variable; the message is one line for the person who typed it. */
export class WrongOption extends Error {
  override readonly name = 'WrongOption';
}

type Read<Config extends ParseArgsConfig> = ReturnType<typeof parseArgs<Config>>;

/**
 * What was typed after `npm run <command> --`.
 * @throws WrongOption that names the command's help
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
    throw new WrongOption(`${reason} (npm run ${command} -- --help lists what there is)`);
  }
}

/**
 * A whole number that was typed for an option, or the usual one.
 * @throws WrongOption that says what may be typed
 */
export function wholeNumber(
  option: string,
  text: string | undefined,
  { usual, least, most = Number.MAX_SAFE_INTEGER }: { usual: number; least: number; most?: number },
): number {
  const value = Number(text ?? usual);
  if (Number.isSafeInteger(value) && value >= least && value <= most && text !== '') return value;
  const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `from ${least} on`;
  throw new WrongOption(`--${option} ${text} is not possible: give a whole number ${range}.`);
}

/** `-h, --help`, which every command has. */
export const helpOption = { help: { type: 'boolean', short: 'h' } } as const;
