import { userInfo } from 'node:os';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Stage } from '../../settings/stage.ts';
import { noteFailedCalls } from './aws-error.ts';
import { clientSettings } from './client-settings.ts';

/** Whose the credentials are. The call needs no permission. */
export async function callerIdentity(stage: Stage) {
  const sts = noteFailedCalls(new STSClient(clientSettings(stage)));
  return await sts.send(new GetCallerIdentityCommand({})).finally(() => sts.destroy());
}

/** The user of this machine. In a container it may have no name. */
export function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
