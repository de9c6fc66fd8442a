import * as z from 'zod/mini';

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z._default(z.record(z.string(), z.unknown()), {}),
});

/** The parts of a CloudFormation template that the local runtime reads. */
export const Template = z.looseObject({
  Resources: z.record(z.string(), Resource),
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

/** `AWS::NoValue`: the property is left out. */
const noValue = Symbol('AWS::NoValue');

/**
 * Replaces CloudFormation's intrinsic functions by local values, deeply.
 * @throws Error that names the function or the resource that the local runtime does not know
 */
export function resolveTemplate(value: unknown, scope: Scope): unknown {
  const resolved = resolveValue(value, scope);
  return resolved === noValue ? undefined : resolved;
}

/** Resolves a value that must become text, such as an environment variable. */
export function resolveText(value: unknown, scope: Scope): string {
  const resolved = resolveTemplate(value, scope);
  if (typeof resolved === 'string') return resolved;
  if (typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved);
  throw new Error(`template: expected text, not ${JSON.stringify(value)}`);
}

function resolveValue(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((item) => resolveValue(item, scope)).filter((item) => item !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const call = intrinsics[name];
    if (!call) throw new Error(`template: the local runtime does not know ${name}`);
    return call(argument, scope);
  }
  const resolved = entries.map(([key, item]) => [key, resolveValue(item, scope)] as const);
  return Object.fromEntries(resolved.filter(([, item]) => item !== noValue));
}

const intrinsics: Record<string, (argument: unknown, scope: Scope) => unknown> = {
  Ref: (name, scope) => (name === 'AWS::NoValue' ? noValue : reference(String(name), scope)),
  'Fn::GetAtt': (path, scope) =>
    attribute(Array.isArray(path) ? path.map(String).join('.') : String(path), scope),
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list('Fn::Join', argument, scope);
    return list('Fn::Join', parts, scope).join(String(separator));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = list('Fn::Split', argument, scope);
    return String(text).split(String(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, parts] = list('Fn::Select', argument, scope);
    return list('Fn::Select', parts, scope)[Number(index)];
  },
  'Fn::Sub': substitute,
};

function list(name: string, argument: unknown, scope: Scope): unknown[] {
  const resolved = resolveValue(argument, scope);
  if (Array.isArray(resolved)) return resolved;
  throw new Error(`template: ${name} needs a list`);
}

function reference(name: string, scope: Scope): string {
  const found = scope.pseudo[name] ?? scope.resources.get(name)?.ref;
  if (found === undefined) throw new Error(`template: the local runtime does not know Ref ${name}`);
  return found;
}

function attribute(path: string, scope: Scope): string {
  const [logicalId = '', ...name] = path.split('.');
  const found = scope.resources.get(logicalId)?.attributes[name.join('.')];
  if (found === undefined) throw new Error(`template: the local runtime does not know Fn::GetAtt ${path}`);
  return found;
}

/** `Fn::Sub`, as text or as `[text, { name: value }]`; `${!x}` stands for the characters `${x}`. */
function substitute(argument: unknown, scope: Scope): string {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = z.parse(z.record(z.string(), z.unknown()), variables ?? {});
  return String(text).replace(/\$\{(!?)([^}]+)\}/g, (_all, escaped: string, name: string) => {
    if (escaped) return `\${${name}}`;
    if (name in own) return resolveText(own[name], scope);
    return name.includes('.') ? attribute(name, scope) : reference(name, scope);
  });
}
