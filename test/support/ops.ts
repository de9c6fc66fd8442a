import { runCommandLine } from '../../infra/ops/command-line.ts';
import { commands } from '../../infra/ops/commands.ts';
import type { World } from './world.ts';

const environment = { ...process.env };

/** Points the commands of this process at a world, as a person does with an endpoint of their own. */
export function pointOpsAt({ addresses }: Pick<World, 'addresses'>): void {
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: addresses.dynamodb,
    AWS_ENDPOINT_URL_SQS: addresses.sqs,
  });
}

export function pointOpsBack(): void {
  process.env = { ...environment };
}

export interface OpsRun {
  readonly code: number;
  readonly lines: string[];
  readonly text: string;
  readonly complaints: string[];
}

/** Runs `npm run ops -- …`. */
export async function runOps(...args: string[]): Promise<OpsRun> {
  const lines: string[] = [];
  const complaints: string[] = [];
  const code = await runCommandLine(commands, args, {
    print: (line) => lines.push(line),
    complain: (line) => complaints.push(line),
  });
  return { code, lines, text: lines.join('\n'), complaints };
}
