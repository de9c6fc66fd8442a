import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod/mini';
import { noteFailedCalls } from '../aws/aws-error.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';

/** An alarm of the stack. */
export interface StackAlarm {
  /** Without the stack's name. */
  readonly name: string;
  readonly state: string;
  /** When it took this state, ISO 8601 UTC; null where CloudWatch does not say. */
  readonly since: string | null;
  /** What it means, and what to type. */
  readonly text: string;
}

const Local = z.array(z.object({ name: z.string(), state: z.string(), since: z.string(), text: z.string() }));

/** Every alarm of a bridge: from CloudWatch, or from the local runtime, which evaluates the same ones. */
export async function readAlarms(
  bridge: Pick<OpenBridge, 'stackName' | 'settingsOf' | 'outputs'>,
): Promise<StackAlarm[]> {
  const settings = bridge.settingsOf('api');
  const all = 'endpoint' in settings ? await localAlarms(settings.endpoint) : await deployedAlarms(bridge);
  return all.map((alarm) => ({ ...alarm, name: alarm.name.replace(/^returns-bridge-[^-]*-/, '') }));
}

async function localAlarms(api: string): Promise<StackAlarm[]> {
  const answer = await fetch(`${api}/_local/alarms`);
  return z.parse(Local, await answer.json());
}

async function deployedAlarms({ stackName, settingsOf }: Pick<OpenBridge, 'stackName' | 'settingsOf'>) {
  const client = noteFailedCalls(new CloudWatchClient(settingsOf('api')));
  try {
    const pages = await Array.fromAsync(
      paginateDescribeAlarms({ client }, { AlarmNamePrefix: `${stackName}-`, AlarmTypes: ['MetricAlarm'] }),
    );
    return pages.flatMap(({ MetricAlarms = [] }) =>
      MetricAlarms.map((alarm) => ({
        name: alarm.AlarmName ?? '',
        state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
        since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.toISOString() ?? null,
        text: alarm.AlarmDescription ?? '',
      })),
    );
  } finally {
    client.destroy();
  }
}
