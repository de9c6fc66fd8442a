import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { UsageError } from '../cli/command-line.ts';
import { readPorts } from '../local-services.ts';
import { localFolder } from '../local-world.ts';
import type { DynamoDbEngine } from './dynamodb.ts';
import { usualAccountConcurrency } from './stack-functions.ts';

const environmentHelp = `
Environment:
  PORT, DYNAMODB_PORT, SQS_PORT, IGF_PORT   ports (3000, 8000, 4566, 4010); 0 takes any free one
  WINKELSTRAAT_API_KEY, IGF_API_KEY         local secrets (local-winkelstraat-key, local-igf-key)
  SPEED=60                                  a minute of retry delays, claims and ages passes in a second
  LAMBDA_CONCURRENCY=10                     Lambda refuses more invocations at once (1000)
  LOCAL_FOLDER=.local                       where npx bridge --local finds what runs
  DYNAMODB=local                            AWS's DynamoDB Local instead of dynalite (needs Java 17)

For example: SPEED=60 npm start -- -c mode=observe`;

/**
 * Reads arguments and environment of `npm start`. The arguments are CDK context, as `cdk deploy -c` takes it.
 * @returns undefined when it printed the help, and nothing is to be started
 * @throws UsageError with one clear line
 */
export function readCommandLine(args: readonly string[], env: Record<string, string | undefined>) {
  const context = readContext(args);
  if (!context) return undefined;
  return {
    context,
    ports: readPorts(env),
    speed: readNumber('SPEED', env.SPEED, 1),
    accountConcurrency: readNumber('LAMBDA_CONCURRENCY', env.LAMBDA_CONCURRENCY, usualAccountConcurrency),
    secrets: {
      winkelstraat: env.WINKELSTRAAT_API_KEY || 'local-winkelstraat-key',
      igf: env.IGF_API_KEY || 'local-igf-key',
    },
    dynamodb: readEngine(env.DYNAMODB),
    folder: localFolder(env),
  };
}

function readContext(args: readonly string[]): Record<string, string> | undefined {
  const command = new Command('npm start --')
    .usage('[-c key=value]...')
    .description('Runs the deployed stack on this machine.')
    .option(
      '-c, --context <key=value>',
      'a setting of the stage block in cdk.json, or stage=<name>; may be repeated',
      addSetting,
      {},
    )
    .helpOption('-h, --help', 'this text')
    .addHelpText('after', environmentHelp)
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  try {
    return command.parse(args, { from: 'user' }).opts<{ context: Record<string, string> }>().context;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    // With a suggestion, commander's message has a second line.
    const reason = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    throw new UsageError(`npm start: ${reason} (npm start -- --help lists the options)`);
  }
}

function addSetting(setting: string, others: Readonly<Record<string, string>>): Record<string, string> {
  const separator = setting.indexOf('=');
  if (separator < 1) throw new InvalidArgumentError('It needs key=value, such as -c mode=observe.');
  return { ...others, [setting.slice(0, separator)]: setting.slice(separator + 1) };
}

function readNumber(name: string, text: string | undefined, usual: number): number {
  const number = text ? Number(text) : usual;
  if (Number.isFinite(number) && number >= 1) return number;
  throw new UsageError(`${name}=${text} is not a number from 1, such as 60.`);
}

/** Which engine stands for DynamoDB. @throws UsageError */
export function readEngine(text: string | undefined): DynamoDbEngine {
  if (!text || text === 'dynalite') return 'dynalite';
  if (text === 'local') return 'dynamodb-local';
  throw new UsageError(
    `DYNAMODB=${text} is not known: leave it out (dynalite), or set it to local (DynamoDB Local, Java 17).`,
  );
}
