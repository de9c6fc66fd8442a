import { parseArgs } from 'node:util';
import { WrongOption } from '../cli/command-arguments.ts';

/** The ports of the local runtime; 0 takes any free one. */
export interface Ports {
  readonly api: number;
  readonly dynamodb: number;
  readonly sqs: number;
  readonly igf: number;
}

export type DynamoDbEngine = 'dynalite' | 'dynamodb-local';

/** What `npm start` was asked for. */
export interface CommandLine {
  readonly help: boolean;
  readonly ports: Ports;
  readonly speed: number;
  readonly secrets: { readonly winkelstraat: string; readonly igf: string };
  readonly dynamodb: DynamoDbEngine;
  /** CDK context: the stage and settings of its block, as `cdk deploy -c` takes them. */
  readonly context: Readonly<Record<string, string>>;
}

/** Which variable sets a part's port, and its port when nothing is set. */
export const portVariables = {
  api: { variable: 'PORT', usual: 3000 },
  dynamodb: { variable: 'DYNAMODB_PORT', usual: 8000 },
  sqs: { variable: 'SQS_PORT', usual: 4566 },
  igf: { variable: 'IGF_PORT', usual: 4010 },
} as const satisfies Record<keyof Ports, { variable: string; usual: number }>;

export const helpText = `Runs the deployed stack on this machine: npm start -- [-c key=value]...

  -c, --context key=value   a setting of the stage block in cdk.json, or stage=<name>; may be repeated
  -h, --help                this text

Environment:
  PORT, DYNAMODB_PORT, SQS_PORT, IGF_PORT   ports (3000, 8000, 4566, 4010); 0 takes any free one
  WINKELSTRAAT_API_KEY, IGF_API_KEY         local secrets (local-winkelstraat-key, local-igf-key)
  SPEED=60                                  a minute of retry delays, claims and ages passes in a second
  DYNAMODB=local                            AWS's DynamoDB Local instead of dynalite (needs Java 17)

For example: SPEED=60 npm start -- -c mode=observe`;

/**
 * Reads arguments and environment of `npm start`.
 * @throws WrongOption with one clear line.
 */
export function readCommandLine(
  args: readonly string[],
  env: Record<string, string | undefined>,
): CommandLine {
  const { help, context } = readArguments(args);
  return {
    help,
    context,
    ports: readPorts(env),
    speed: readSpeed(env.SPEED),
    secrets: {
      winkelstraat: env.WINKELSTRAAT_API_KEY || 'local-winkelstraat-key',
      igf: env.IGF_API_KEY || 'local-igf-key',
    },
    dynamodb: readEngine(env.DYNAMODB),
  };
}

function readArguments(args: readonly string[]): { help: boolean; context: Record<string, string> } {
  const { tokens } = parseArgs({
    args: [...args],
    options: {
      context: { type: 'string', short: 'c', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
    strict: false,
    tokens: true,
  });
  const context: Record<string, string> = {};
  let help = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') throw unknownArgument(token.value);
    if (token.name === 'help') help = true;
    else if (token.name === 'context') Object.assign(context, readSetting(token.value));
    else throw unknownArgument(token.rawName);
  }
  return { help, context };
}

function unknownArgument(argument: string): WrongOption {
  return new WrongOption(`Unknown argument ${argument}: npm start -- --help lists what there is.`);
}

function readSetting(value: string | undefined): Record<string, string> {
  const separator = value?.indexOf('=') ?? -1;
  if (value === undefined || separator < 1) {
    throw new WrongOption(`-c needs key=value, such as -c mode=observe${value ? `, not ${value}` : ''}.`);
  }
  return { [value.slice(0, separator)]: value.slice(separator + 1) };
}

function readPorts(env: Record<string, string | undefined>): Ports {
  const ports: Ports = {
    api: readPort('api', env),
    dynamodb: readPort('dynamodb', env),
    sqs: readPort('sqs', env),
    igf: readPort('igf', env),
  };
  const seen = new Map<number, string>();
  for (const part of ['api', 'dynamodb', 'sqs', 'igf'] as const) {
    const port = ports[part];
    const { variable } = portVariables[part];
    const other = seen.get(port);
    if (port !== 0 && other)
      throw new WrongOption(`${other} and ${variable} are both ${port}: give each its own port.`);
    seen.set(port, variable);
  }
  return ports;
}

function readPort(part: keyof Ports, env: Record<string, string | undefined>): number {
  const { variable, usual } = portVariables[part];
  const text = env[variable];
  if (!text) return usual;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) {
    throw new WrongOption(`${variable}=${text} is not a port: give a number from 0 (any free one) to 65535.`);
  }
  return Number(text);
}

function readSpeed(text: string | undefined): number {
  if (!text) return 1;
  const speed = Number(text);
  if (!Number.isFinite(speed) || speed < 1) {
    throw new WrongOption(`SPEED=${text} is not a speed: give a number from 1, such as 60.`);
  }
  return speed;
}

function readEngine(text: string | undefined): DynamoDbEngine {
  if (!text || text === 'dynalite') return 'dynalite';
  if (text === 'local') return 'dynamodb-local';
  throw new WrongOption(
    `DYNAMODB=${text} is not known: leave it out (dynalite) or give local (DynamoDB Local, Java 17).`,
  );
}
