import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import {
  addExamples,
  CommandError,
  type ExitCode,
  newProgram,
  processTerminal,
  runProgram,
  type Terminal,
} from '../cli/command-line.ts';
import { stageNamed } from '../ops/aws/deployed-stage.ts';
import { checkAccount } from '../ops/doctor/check-account.ts';
import { findingLine } from '../ops/doctor/finding.ts';
import { stackNameOf } from '../settings/stage.ts';

const root = join(import.meta.dirname, '../..');

/** Runs the CDK's command line. @returns its exit code */
type RunCdk = (args: readonly string[]) => Promise<number>;

const runCdk: RunCdk = (args) =>
  new Promise((resolve, reject) => {
    const cdk = spawn(join(root, 'node_modules/.bin/cdk'), args, { cwd: root, stdio: 'inherit' });
    cdk.once('error', reject).once('close', (code) => resolve(code ?? 1));
  });

interface Options {
  readonly stage: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly check?: true;
  readonly yes?: true;
}

/** `npm run deploy -- …`: checks the account, then runs `cdk deploy`. @returns the exit code */
export async function deploy(
  args: readonly string[],
  terminal: Terminal = processTerminal(),
  cdk: RunCdk = runCdk,
): Promise<ExitCode> {
  const program = newProgram('npm run deploy --', terminal)
    .description(
      `Checks the credentials, the region, the addresses for mails and Lambda's quota. Then it runs cdk deploy.
Exit code 1: a check or the deploy failed. Warnings do not prevent a deploy.`,
    )
    .requiredOption('--stage <name>', 'a stage of cdk.json')
    .option('-c, --context <setting=value>', 'override a setting of the stage, for this deploy', addSetting)
    .option('--check', 'only check, and deploy nothing')
    .option('--yes', 'do not ask before new permissions are granted');
  addExamples(program, 'npm run deploy -- --stage test', 'npm run deploy -- --stage prod --check');
  program.action(async ({ stage: name, context = {}, check, yes }: Options) => {
    const stage = stageNamed(name, context);
    terminal.print(`${stackNameOf(stage.name)}, mode ${stage.policy.mode}`);
    const findings = await checkAccount(stage);
    for (const each of findings) terminal.print(findingLine(each));
    if (findings.some(({ level }) => level === 'failure')) throw new CommandError('Nothing was deployed.');
    if (check) return;
    const settings = Object.entries({ ...context, stage: stage.name }).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]);
    const code = await cdk(['deploy', ...settings, ...(yes ? ['--require-approval', 'never'] : [])]);
    if (code !== 0) throw new CommandError('The deploy failed. Its lines above say why.');
  });
  return runProgram(program, args, terminal);
}

function addSetting(text: string, earlier: Record<string, string> = {}): Record<string, string> {
  const [key = '', ...value] = text.split('=');
  if (!key || value.length === 0) throw new InvalidArgumentError('Give <setting>=<value>.');
  return { ...earlier, [key]: value.join('=') };
}

if (import.meta.main) process.exitCode = await deploy(process.argv.slice(2));
