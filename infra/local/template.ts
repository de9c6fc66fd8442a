import * as z from 'zod/mini';

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z._default(z.record(z.string(), z.unknown()), {}),
});

/** The parts of a CloudFormation template that the local runtime reads. */
export const Template = z.looseObject({
  Resources: z.record(z.string(), Resource),
  Outputs: z._default(z.record(z.string(), z.looseObject({ Value: z.unknown() })), {}),
});
export type Template = z.infer<typeof Template>;

/** The values of `Ref` and `Fn::GetAtt` for a resource. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Everything an intrinsic function can point to: resources by logical id, pseudo parameters by name. */
export interface Scope {
  readonly resources: ReadonlyMap<string, Identity>;
  readonly pseudo: Readonly<Record<string, string>>;
}

/** Replaces CloudFormation's intrinsic functions by local values, deeply. @throws Error that names an unknown one */
export function resolveTemplate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveTemplate(item, scope));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const call = intrinsics[name];
    if (!call) throw new Error(`template: the local runtime does not know ${name}`);
    return call(argument, scope);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, resolveTemplate(item, scope)]));
}

/** Resolves a value that must become text, such as an environment variable. */
export function resolveText(value: unknown, scope: Scope): string {
  const resolved = resolveTemplate(value, scope);
  if (typeof resolved === 'string') return resolved;
  if (typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved);
  throw new Error(`template: expected text, not ${JSON.stringify(value)}`);
}

const GetAtt = z.tuple([z.string(), z.string()]);
const Join = z.tuple([z.string(), z.array(z.unknown())]);

const intrinsics: Record<string, (argument: unknown, scope: Scope) => string> = {
  Ref: (name, scope) => reference(String(name), scope),
  'Fn::GetAtt': (argument, { resources }) => {
    const [logicalId, name] = z.parse(GetAtt, argument);
    const found = resources.get(logicalId)?.attributes[name];
    if (found !== undefined) return found;
    throw new Error(`template: the local runtime does not know Fn::GetAtt ${logicalId}.${name}`);
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = z.parse(Join, argument);
    return parts.map((part) => resolveText(part, scope)).join(separator);
  },
  'Fn::Sub': (text, scope) =>
    String(text).replace(/\$\{([^}]+)\}/g, (_all, name: string) => reference(name, scope)),
};

function reference(name: string, scope: Scope): string {
  const found = scope.pseudo[name] ?? scope.resources.get(name)?.ref;
  if (found === undefined) throw new Error(`template: the local runtime does not know Ref ${name}`);
  return found;
}
