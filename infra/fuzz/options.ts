import { parseArgs } from 'node:util';

export interface FuzzOptions {
  readonly help: boolean;
  readonly inputs: number;
  readonly seed: number;
}

/** A wrong argument; the message is one line for the person who typed it. */
export class WrongOption extends Error {
  override readonly name = 'WrongOption';
}

const usual = { inputs: 5000, seed: 1 };

export const helpText = `Posts hostile requests to every ingest function: npm run fuzz -- [options]

  --inputs <n>  how many requests, shared by the endpoints (${usual.inputs})
  --seed <n>    where chance begins: the same seed makes the same requests (${usual.seed})
  -h, --help    this text

The functions run as they are bundled; an eighth of the requests passes the gateway of the local runtime. Prints what
was answered, the costliest requests with their CPU time, and findings in the form of test/fuzz/corpus/*.json.
Tables go to stdout, progress to stderr. Exit code 1 says that there are findings.`;

/**
 * Reads the arguments of `npm run fuzz`.
 * @throws WrongOption with one clear line.
 */
export function readOptions(args: readonly string[]): FuzzOptions {
  const { help, inputs, seed } = parse(args);
  return {
    help: help ?? false,
    inputs: wholeNumber('--inputs', inputs, usual.inputs),
    seed: wholeNumber('--seed', seed, usual.seed),
  };
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(number) || number < 1 || number > 10_000_000) {
    throw new WrongOption(`${name} ${text} is no count: give a whole number from 1 to 10000000.`);
  }
  return number;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        inputs: { type: 'string' },
        seed: { type: 'string' },
      },
    }).values;
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new WrongOption(`${reason} (npm run fuzz -- --help lists what there is)`);
  }
}
