import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ZodType } from 'zod';
import type { Addresses } from '../../infra/local/endpoints.ts';
import { noteLocalWorld } from '../../infra/local-world.ts';
import { stageNamed } from '../../infra/ops/aws/deployed-stage.ts';
import { bridge, bridgeProgram } from '../../infra/ops/bridge.ts';
import { documentationOf } from '../../infra/ops/command.ts';

interface RunningWorld {
  readonly addresses: Addresses;
  /** `TableName` and the URLs of the queues, as the outputs of a stack name them. */
  readonly outputs: Readonly<Record<string, string>>;
  /** How many times faster its clock runs. */
  readonly speed?: number;
}

/** Runs `npx bridge … --local` on a world, as if the local runtime had started it. */
export async function runOpsAt(world: RunningWorld, ...args: string[]): Promise<OpsRun> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'local-world-'));
  const { dynamodb, sqs } = world.addresses;
  const none = 'http://127.0.0.1:9';
  const noted = {
    ...{ id: 'a-test', pid: process.pid, outputs: { ...world.outputs } },
    stage: { name: 'local', settings: stageNamed('local').settings },
    clock: { startedAt: Date.now(), speed: world.speed ?? 1 },
    endpoints: { api: none, secretsManager: none, dynamodb, sqs },
  };
  using _note = noteLocalWorld(noted, folder.path);
  process.env.LOCAL_FOLDER = folder.path;
  try {
    return await runOps(...args, '--local');
  } finally {
    delete process.env.LOCAL_FOLDER;
  }
}

export interface OpsRun {
  readonly code: number;
  readonly lines: string[];
  readonly text: string;
  readonly complaints: string[];
}

/** Runs `npx bridge …`. */
export async function runOps(...args: string[]): Promise<OpsRun> {
  const lines: string[] = [];
  const complaints: string[] = [];
  const code = await bridge(args, {
    print: (line) => lines.push(line),
    complain: (line) => complaints.push(line),
    exitCode: 0,
  });
  return { code, lines, text: lines.join('\n'), complaints };
}

/** Runs it with `--json`. @throws Error when what it prints is not one document as the command describes it */
export async function runOpsJson<Result = unknown>(...args: string[]): Promise<OpsRun & { result: Result }> {
  const run = await runOps(...args, '--json');
  try {
    return { ...run, result: schemaOf(args).parse(JSON.parse(run.text)) as Result };
  } catch (cause) {
    const printed = [...run.lines, ...run.complaints].join('\n');
    throw new Error(`npx bridge ${args.join(' ')} --json ended with ${run.code}: ${printed}`, { cause });
  }
}

/** What a command describes as its document. */
export function schemaOf(args: readonly string[]): ZodType {
  let command = bridgeProgram({ print: () => {}, complain: () => {}, exitCode: 0 });
  for (const word of args) command = command.commands.find((each) => each.name() === word) ?? command;
  const { result } = documentationOf(command) ?? {};
  if (!result) throw new Error(`${command.name()} has no result.`);
  return result;
}
