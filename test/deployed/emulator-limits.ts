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
 *
 * @returns the copy, and one line for each kind of difference
 */
export function fitForEmulator(template: Template): { template: Template; differences: string[] } {
  const differences: string[] = [];
  const resources = { ...template.Resources };
  for (const { what, why, matches } of unknown) {
    const left = Object.keys(resources).filter((id) => matches(resources[id] as Resource));
    for (const id of left) delete resources[id];
    if (left.length > 0)
      differences.push(`${left.length} ${what} are left out, because ${why}: ${left.join(', ')}`);
  }
  const secrets = Object.keys(resources).filter(
    (id) => resources[id]?.Type === 'AWS::SecretsManager::Secret',
  );
  const [copy, replaced] = withArns({ ...template, Resources: resources }, new Set(secrets));
  if (replaced > 0) {
    differences.push(
      `${replaced} times Ref of a secret became its attribute Id, because its Ref is a name and no ARN`,
    );
  }
  return { template: copy, differences };
}

/** Replaces `Ref` of the secrets. @returns the copy, and how many there were */
function withArns<T>(value: T, secrets: ReadonlySet<string>): [T, number] {
  let replaced = 0;
  const copy = JSON.parse(JSON.stringify(value), (_key, part: unknown) => {
    const { Ref } = Object(part) as { Ref?: unknown };
    if (typeof Ref !== 'string' || !secrets.has(Ref)) return part;
    replaced += 1;
    return { 'Fn::GetAtt': [Ref, 'Id'] };
  }) as T;
  return [copy, replaced];
}
