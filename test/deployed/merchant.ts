import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { fitPolicyForEmulator } from './emulator-limits.ts';
import { trustEmulator } from './trust.ts';

const root = join(import.meta.dirname, '../..');
const Environment = z.record(z.string(), z.string());
const Made = z.object({
  Policy: z.optional(z.object({ Arn: z.string() })),
  AccessKey: z.optional(z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string() })),
});

/** A command that has ended. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  /** Both outputs, for the message of a failed expectation. */
  readonly all: string;
}

/** The output of a command that must succeed. @throws Error with what it printed */
export function succeeded({ code, stdout, all }: Ran): string {
  if (code !== 0) throw new Error(`It ended with ${code}.\n${all}`);
  return stdout;
}

/** What a merchant has: a shell in the checkout, an AWS account, and an account at ItGoesForward. */
export class Merchant {
  readonly #emulator: ChildProcess;
  readonly #variables: Readonly<Record<string, string>>;
  #operator: Readonly<Record<string, string>> = {};

  private constructor(emulator: ChildProcess, variables: Readonly<Record<string, string>>) {
    this.#emulator = emulator;
    this.#variables = variables;
    trustEmulator(this.variable('NODE_EXTRA_CA_CERTS'));
  }

  /** Runs `npm run emulator`, until it is ready. @throws Error with what it printed, when it ends before */
  static async start(): Promise<Merchant> {
    const args = ['--import', './infra/node-version.mjs', 'test/deployed/start.ts'];
    const emulator = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    const complaint = text(emulator.stderr as NonNullable<typeof emulator.stderr>);
    const [message] = await Promise.race([
      once(emulator, 'message'),
      once(emulator, 'exit').then(async () => Promise.reject(new Error(await complaint))),
    ]);
    return new Merchant(emulator, Environment.parse(message));
  }

  /** Ends the emulator, and everything that it started. */
  async stop(): Promise<void> {
    if (this.#emulator.exitCode !== null) return;
    this.#emulator.kill();
    await once(this.#emulator, 'exit');
  }

  variable(name: string): string {
    const value = this.#variables[name];
    if (value === undefined) throw new Error(`The emulator gave no ${name}.`);
    return value;
  }

  /** Types a command, and waits until it ends. @param input what is typed into it. It ends with the deadline of its test */
  async type(
    command: string,
    args: readonly string[],
    input?: string,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<Ran> {
    // Nothing of the environment of the tests, above all no real account.
    const { HOME = '' } = process.env;
    const env = { HOME, CDK_DISABLE_CLI_TELEMETRY: 'true', ...this.#variables, ...variables };
    // Node's own pipe is a socket, which `file:///dev/stdin` can't open. A shell's pipe is one.
    const typed =
      input === undefined ? [command, ...args] : ['sh', '-c', 'cat | "$0" "$@"', command, ...args];
    const [program = command, ...rest] = typed;
    const running = spawn(program, rest, { cwd: root, env, stdio: 'pipe' });
    const kill = () => void running.kill();
    this.#emulator.once('exit', kill);
    running.stdin.end(input);
    const [stdout, stderr] = await Promise.all([
      text(running.stdout),
      text(running.stderr),
      once(running, 'close'),
    ]);
    this.#emulator.off('exit', kill);
    return { code: running.exitCode, stdout, all: `$ ${command} ${args.join(' ')}\n${stdout}${stderr}` };
  }

  cdk = (...args: string[]): Promise<Ran> => this.type('npx', ['cdk', ...args]);

  /**
   * Makes a user for the operator, who may do what `infra/policies/operator.json` allows. From now on that user types the
   * commands of the bridge.
   */
  async employOperator(): Promise<void> {
    const policy = readFileSync(join(root, 'infra/policies/operator.json'), 'utf8')
      .replaceAll('REGION', this.variable('AWS_REGION'))
      .replaceAll('ACCOUNT', '000000000000')
      .replaceAll('STAGE', 'test');
    const named = ['--user-name', 'operator'];
    const document = ['--policy-name', 'operator', '--policy-document', fitPolicyForEmulator(policy)];
    await this.aws('iam', 'create-user', ...named);
    const { Policy } = Made.parse(await this.aws('iam', 'create-policy', ...document));
    await this.aws('iam', 'attach-user-policy', ...named, '--policy-arn', Policy?.Arn ?? '');
    const { AccessKey } = Made.parse(await this.aws('iam', 'create-access-key', ...named));
    this.#operator = {
      AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? '',
    };
    const other = await this.type('npx', ['bridge', 'parked', '--stage', 'prod'], undefined, this.#operator);
    if (!/AccessDenied/.test(other.all)) throw new Error(`The operator may do too much.\n${other.all}`);
  }

  /** `npx bridge … --stage test` */
  bridge = (...args: string[]): Promise<Ran> =>
    this.type('npx', ['bridge', ...args, '--stage', 'test'], undefined, this.#operator);

  /** AWS's own CLI. @returns what it answered. @throws Error with what it printed, when AWS refused */
  async aws(service: string, operation: string, ...args: string[]): Promise<unknown> {
    // For SQS this CLI takes no notice of the variable.
    const options = ['--output', 'json', '--endpoint-url', this.variable('AWS_ENDPOINT_URL')];
    const stdout = succeeded(await this.type('aws', [service, operation, ...options, ...args]));
    return stdout === '' ? undefined : JSON.parse(stdout);
  }

  /** Calls a control of the IGF simulator, such as `orders`. */
  async igf(control: string, body?: unknown): Promise<unknown> {
    const url = new URL(`/_simulator/${control}`, this.variable('IGF_BASE_URL'));
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(url, init);
    if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${control}.`);
    return response.json();
  }
}
