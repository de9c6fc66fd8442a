import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { clientSettings } from '../../../lib/runtime/aws-clients.ts';
import { cdkJsonContext } from '../../settings/cdk-json.ts';
import { readStage, SettingError, type Stage, stackNameOf } from '../../settings/stage.ts';
import { CommandError, type CommandOption } from '../command.ts';
import { awsFailure } from './aws-error.ts';

/** A stage as `cdk.json` has it, with what its deployed stack tells. */
export interface DeployedStage {
  readonly stage: Stage;
  readonly stackName: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** @throws CommandError when the stack does not tell it: it was deployed from an older checkout. */
  output(key: string): string;
}

/** `--stage`, for every command that looks at a deployed stage. */
export const stageOption: CommandOption = {
  type: 'string',
  about: 'which stage of cdk.json; without it the usual one ("stage" in cdk.json)',
};

/**
 * Reads the outputs of a stage's stack, with the credentials and the region of the environment.
 * @throws CommandError
 */
export async function deployedStage(wanted: string | boolean | undefined): Promise<DeployedStage> {
  const stage = stageNamed(wanted);
  const stackName = stackNameOf(stage.name);
  const outputs = await outputsOf(stackName, stage.name);
  return {
    stage,
    stackName,
    outputs,
    output: (key) => outputs[key] ?? raise(olderStack(stackName, stage.name, key)),
  };
}

/** What to say of an output that the deployed stack does not have. */
export const olderStack = (stackName: string, stageName: string, what: string): CommandError =>
  new CommandError(
    `The stack ${stackName} does not tell ${what}: deploy this version of it (npx cdk deploy -c stage=${stageName}).`,
  );

/** The stage as `cdk.json` has it. @throws CommandError */
export function stageNamed(wanted: string | boolean | undefined): Stage {
  try {
    return readStage({ ...cdkJsonContext(), ...(typeof wanted === 'string' && { stage: wanted }) });
  } catch (error) {
    throw error instanceof SettingError ? new CommandError(error.message) : error;
  }
}

async function outputsOf(stackName: string, stageName: string): Promise<Record<string, string>> {
  const client = new CloudFormationClient(clientSettings);
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const outputs = stack?.Outputs ?? [];
    return Object.fromEntries(
      outputs.flatMap(({ OutputKey: key, OutputValue: value }) => (key && value ? [[key, value]] : [])),
    );
  } catch (error) {
    if (!/does not exist/.test(String(Object(error).message))) {
      throw awsFailure(error, 'cloudformation:DescribeStacks');
    }
    const region = await client.config.region().catch(() => 'its region');
    throw new CommandError(
      `There is no stack ${stackName} in ${region} of this account: deploy it (npx cdk deploy -c stage=${stageName}), ` +
        'or set AWS_PROFILE and AWS_REGION to where it is.',
    );
  } finally {
    client.destroy();
  }
}

function raise(error: Error): never {
  throw error;
}
