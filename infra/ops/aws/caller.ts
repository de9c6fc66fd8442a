import { userInfo } from 'node:os';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Stage } from '../../settings/stage.ts';
import { noteFailedCalls } from './aws-error.ts';
import { clientSettings } from './client-settings.ts';

/** The ARN of the credentials, which needs no permission. */
export async function callerArn(stage: Stage): Promise<string> {
  const sts = noteFailedCalls(new STSClient(clientSettings(stage)));
  try {
    return (await sts.send(new GetCallerIdentityCommand({}))).Arn ?? localUser();
  } finally {
    sts.destroy();
  }
}

/** The user of this machine. In a container it may have no name. */
export function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
