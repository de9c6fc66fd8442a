import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { Policy } from '../../../lib/config/policy.ts';
import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import { CommandError, UsageError } from '../../cli/command-line.ts';
import {
  cdkJsonContext,
  readStage,
  SettingError,
  type Stage,
  stackNameOf,
  stageNames,
} from '../../settings/stage.ts';
import { noteFailedCalls } from './aws-error.ts';
import { clientSettings } from './client-settings.ts';

/** The deployed stack of a stage, or the one that runs on this machine, by its outputs. */
export type Deployment = ReturnType<typeof deploymentOf>;

export function deploymentOf(stage: Stage, outputs: Readonly<Record<string, string>>) {
  const stackName = stackNameOf(stage.name);
  const missing = (what: string): CommandError =>
    new CommandError(
      `The stack ${stackName} has no output ${what}: deploy this version (npm run deploy -- --stage ${stage.name}).`,
    );
  return {
    stage,
    stackName,
    /** The mode in force, whatever `cdk.json` says by now. */
    mode: Policy.shape.mode.parse(outputs.Mode ?? stage.policy.mode),
    outputs,
    /** A command to type next, for the same stage. */
    command: (...words: readonly string[]): string => npxBridge(stage.name, ...words),
    /** @throws CommandError when the stack lacks this output, because an older checkout deployed it */
    output(key: string): string {
      const value = outputs[key];
      if (value === undefined) throw missing(key);
      return value;
    },
    /** The URL of the output that ends in this path, without the path. @throws CommandError */
    baseOf(path: string): string {
      const url = Object.values(outputs).find((value) => value.endsWith(path));
      if (!url) throw missing(`with the URL of ${path}`);
      return url.slice(0, -path.length);
    },
  };
}

/** Reads the stack of a stage, with the credentials of the environment, in the region of the stage. @throws CommandError */
export async function deployedStage(stage: Stage): Promise<Deployment> {
  const stackName = stackNameOf(stage.name);
  const outputs = await outputsOf(stage, stackName);
  if (outputs) return deploymentOf(stage, outputs);
  throw new CommandError(
    `There is no stack ${stackName} in ${stage.settings.region} of this account: deploy it ` +
      `(npm run deploy -- --stage ${stage.name}), or set AWS_PROFILE to its account.`,
  );
}

/**
 * The stage as `cdk.json` has it. @param context settings on top. By default, the address for mails may be missing: it may
 * have been given with the deploy. @throws UsageError for an unknown stage, CommandError for wrong settings
 */
export function stageNamed(
  wanted: string | undefined,
  context: Readonly<Record<string, string>> = { attentionEmail: 'none' },
): Stage {
  try {
    const cdkJson = cdkJsonContext();
    if (wanted !== undefined && !stageNames(cdkJson).includes(wanted)) {
      throw new UsageError(
        `There is no stage ${JSON.stringify(wanted)}: cdk.json has ${stageNames(cdkJson).join(', ')}.`,
      );
    }
    return readStage({ ...cdkJson, ...context, ...(wanted !== undefined && { stage: wanted }) });
  } catch (error) {
    throw error instanceof SettingError ? new CommandError(error.message) : error;
  }
}

/** The outputs of a stack in the stage's region; undefined when there is no such stack. */
export async function outputsOf(
  stage: Stage,
  stackName: string,
): Promise<Record<string, string> | undefined> {
  const client = noteFailedCalls(new CloudFormationClient(clientSettings(stage)));
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const outputs = stack?.Outputs ?? [];
    return Object.fromEntries(
      outputs.flatMap(({ OutputKey: key, OutputValue: value }) => (key && value ? [[key, value]] : [])),
    );
  } catch (error) {
    if (/does not exist/.test(String(Object(error).message))) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
