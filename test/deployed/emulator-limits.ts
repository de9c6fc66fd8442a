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

/**
 * A copy of the template that the emulator can deploy.
 *
 * - Resources that it can't create are left out.
 * - On AWS `Ref` of a secret is its ARN, and here it is its name, so a policy with it would allow nothing. The copy asks
 *   for the attribute `Id`, which is the ARN on both.
 * - It does not know the keys of the items that a call is about, so a condition that demands them would allow nothing.
 *
 * @returns the copy, and one line for each kind of difference
 */
export function fitForEmulator(template: Template): { template: Template; differences: string[] } {
  const differences: string[] = [];
  const resources = { ...template.Resources };
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
