import { helpOption, readArguments, wholeNumber } from '../../infra/cli/command-arguments.ts';

export interface FuzzOptions {
  readonly help: boolean;
  readonly inputs: number;
  readonly seed: number;
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
  const options = { ...helpOption, inputs: { type: 'string' }, seed: { type: 'string' } } as const;
  const { help = false, inputs, seed } = readArguments('fuzz', args, { options }).values;
  return {
    help,
    inputs: wholeNumber('inputs', inputs, { usual: usual.inputs, least: 1 }),
    seed: wholeNumber('seed', seed, { usual: usual.seed, least: 1 }),
  };
}
