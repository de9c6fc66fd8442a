import * as z from 'zod';

/** A CloudFormation template, as far as this file reads it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** What MiniStack can't create. The copy of the template that it gets is without these. */
const unknown: readonly { what: string; why: string; matches(resource: Resource): boolean }[] = [
  {
    what: 'saved queries (AWS::Logs::QueryDefinition)',
    why: 'its CloudFormation does not know the type',
    matches: ({ Type }) => Type === 'AWS::Logs::QueryDefinition',
  },
  {
    what: 'alarms over metric math (AWS::CloudWatch::Alarm with Metrics)',
    why: 'its CloudFormation creates alarms of one metric only',
    matches: ({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined,
  },
];

const MathAlarm = z.looseObject({
  TreatMissingData: z.literal('notBreaching'),
  Metrics: z.tuple([
    z.object({ Expression: z.literal('FILL(value, 0)') }),
    z.object({
      MetricStat: z.object({
        Metric: z.record(z.string(), z.unknown()),
        Period: z.number(),
        Stat: z.string(),
      }),
    }),
  ]),
});

/** An alarm over the zeros of one metric as an alarm of that metric; undefined for any other resource. */
function asPlainAlarm(resource: Resource): Resource | undefined {
  const alarm = MathAlarm.safeParse(resource.Properties);
  if (!alarm.success) return undefined;
  const { Metrics, ...others } = alarm.data;
  const { Metric, Period, Stat: Statistic } = Metrics[1].MetricStat;
  return { ...resource, Properties: { ...others, ...Metric, Period, Statistic } };
}

/**
 * A copy of the template that the emulator can deploy.
 *
 * - An alarm that takes no value for zero becomes one of the metric alone.
 * - Resources that it can't create are left out.
 * - On AWS `Ref` of a secret is its ARN, and here it is its name, so a policy with it would allow nothing. The copy asks
 *   for the attribute `Id`, which is the ARN on both.
 * - It does not know the keys of the items that a call is about, so a condition that demands them would allow nothing.
 *
 * @returns the copy, and one line for each kind of difference
 */
export function fitForEmulator(template: Template): { template: Template; differences: string[] } {
  const differences: string[] = [];
  const plain = Object.entries(template.Resources).flatMap(([id, resource]) => {
    const alarm = asPlainAlarm(resource);
    return alarm ? [[id, alarm] as const] : [];
  });
  const resources = { ...template.Resources, ...Object.fromEntries(plain) };
  if (plain.length > 0) {
    differences.push(`${plain.length} alarms read their metric itself, because it knows no metric math`);
  }
  for (const { what, why, matches } of unknown) {
    const left = Object.keys(resources).filter((id) => matches(resources[id] as Resource));
    for (const id of left) delete resources[id];
    if (left.length === 0) continue;
    differences.push(`${left.length} ${what} are left out, because ${why}: ${left.join(', ')}`);
  }
  const isSecret = (id: unknown) => resources[String(id)]?.Type === 'AWS::SecretsManager::Secret';
  let [refs, conditions] = [0, 0];
  const copy = JSON.parse(JSON.stringify({ ...template, Resources: resources }), (key, part: unknown) => {
    const { Ref, 'dynamodb:LeadingKeys': leadingKeys } = Object(part) as Record<string, unknown>;
    if (isSecret(Ref)) {
      refs += 1;
      return { 'Fn::GetAtt': [Ref, 'Id'] };
    }
    if (key !== 'Null' || leadingKeys === undefined) return part;
    conditions += 1;
    return undefined;
  }) as Template;
  if (refs > 0) {
    differences.push(`${refs} times Ref of a secret became its attribute Id, because its Ref is a name`);
  }
  if (conditions > 0) {
    differences.push(
      `${conditions} conditions Null on dynamodb:LeadingKeys are left out, because it lacks this key`,
    );
  }
  return { template: copy, differences };
}

/**
 * A copy of a policy as text. The emulator does not see which queue a move task is about: it asks for all of them. It asks
 * for a batch by its own name, and AWS by that of a single call.
 */
export function fitPolicyForEmulator(policy: string): string {
  const { Statement, ...others } = JSON.parse(policy) as {
    readonly Statement: readonly { Action: unknown }[];
  };
  const withBatches = Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().flatMap((action) => {
      const isSqs = String(action).startsWith('sqs:');
      return isSqs ? [action, `${String(action)}Batch`] : [action];
    }),
  }));
  const Action = ['sqs:ListMessageMoveTasks', 'sqs:StartMessageMoveTask', 'sqs:CancelMessageMoveTask'];
  return JSON.stringify({
    ...others,
    Statement: [...withBatches, { Effect: 'Allow', Action, Resource: '*' }],
  });
}
