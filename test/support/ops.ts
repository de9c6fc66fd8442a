import { bridge } from '../../infra/ops/bridge.ts';
import type { World } from './world.ts';

const environment = { ...process.env };

/** Points the commands of this process at a world, by the variables that a person would set. */
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
