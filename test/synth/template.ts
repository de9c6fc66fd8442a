import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { bridgeApp } from '../../infra/app.ts';
import { type Bundles, bundleFunctions, functionEntries } from '../../infra/bundle.ts';
import { keptFolderSync } from '../support/kept-folder.ts';

const Resource = z.object({
  Type: z.string(),
  Properties: z._default(z.record(z.string(), z.unknown()), {}),
  DeletionPolicy: z.optional(z.string()),
  UpdateReplacePolicy: z.optional(z.string()),
});
const TemplateFile = z.object({
  Resources: z.record(z.string(), Resource),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })),
});

export interface Resource {
  /** The logical id. Other resources refer to it. */
  id: string;
  type: string;
  /** The properties, each intrinsic function replaced by its text: `{Ref: Queue}` → `<Queue>`, GetAtt → `<Queue.Arn>`. */
  properties: Record<string, unknown>;
  whenDeleted: string | undefined;
  whenReplaced: string | undefined;
}

/** The template of `cdk synth`, with queries for tests. */
export class SynthesizedTemplate {
  readonly stackName: string;
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The sources that were bundled into each asset, by its hash. */
  readonly assets: ReadonlyMap<string, readonly string[]>;
  /** The whole file. */
  readonly text: string;
  /** Such as `aws://unknown-account/eu-west-1`. */
  readonly environment: string;
  readonly terminationProtection: boolean;

  constructor(
    stackName: string,
    text: string,
    artifact: unknown,
    assets: ReadonlyMap<string, readonly string[]>,
  ) {
    this.assets = assets;
    this.text = text;
    this.environment = String(at(artifact, 'environment'));
    this.terminationProtection = at(artifact, 'properties', 'terminationProtection') === true;
    const file = z.parse(TemplateFile, JSON.parse(text));
    this.stackName = stackName;
    this.resources = Object.entries(file.Resources).map(([id, resource]) => ({
      id,
      type: resource.Type,
      properties: z.parse(z.record(z.string(), z.unknown()), readable(resource.Properties)),
      whenDeleted: resource.DeletionPolicy,
      whenReplaced: resource.UpdateReplacePolicy,
    }));
    this.outputs = Object.fromEntries(
      Object.entries(file.Outputs).map(([key, output]) => [key, readable(output.Value)]),
    );
  }

  all(type: string): Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** @throws Error unless exactly one resource of this type fits. */
  one(type: string, fits: (resource: Resource) => boolean = () => true): Resource {
    const [found, ...others] = this.all(type).filter(fits);
    if (!found || others.length > 0)
      throw new Error(`Expected one ${type}, found ${found ? 1 + others.length : 0}.`);
    return found;
  }

  /** The resource that a text such as `<Queue.Arn>` refers to. */
  referred(reference: unknown): Resource {
    const id = /^<(\w+)[.>]/.exec(String(reference))?.[1];
    const found = this.resources.find((resource) => resource.id === id);
    if (!found) throw new Error(`${JSON.stringify(reference)} refers to no resource.`);
    return found;
  }
}

/** Every stack is made of the same bundles: the folder of each function. */
export const bundles = (): Bundles => {
  const folder = keptFolderSync({ name: 'bundles', maker: 'infra/bundle.ts' }, bundleFunctions);
  return Object.fromEntries(Object.keys(functionEntries()).map((name) => [name, join(folder, name)]));
};

/**
 * Synthesizes the stack, or reads what an earlier test made of the same sources and settings. Mails go to nobody, unless
 * the context says so: a live stage must say it.
 * @throws SettingError when a setting is unknown or impossible
 */
export function synthesizeStage(settings: Record<string, unknown> = {}): SynthesizedTemplate {
  const context = { attentionEmail: 'none', ...settings };
  const origin = { name: 'assembly', maker: 'test/synth/template.ts', settings: context };
  return read(
    keptFolderSync(origin, (outdir) => void bridgeApp({ context, outdir, bundles: bundles() }).synth()),
  );
}

function read(outdir: string): SynthesizedTemplate {
  const files = readdirSync(outdir);
  const text = (name: string): string => readFileSync(join(outdir, name), 'utf8');
  const json = (name: string): unknown => JSON.parse(text(name));
  const template = files.find((name) => name.endsWith('.template.json')) ?? '';
  const assets = files
    .filter((name) => name.startsWith('asset.'))
    .map(
      (name) =>
        [name.replace('asset.', ''), list(at(json(`${name}/index.mjs.map`), 'sources')).map(String)] as const,
    );
  const stackName = template.replace('.template.json', '');
  const artifact = at(json('manifest.json'), 'artifacts', stackName);
  return new SynthesizedTemplate(stackName, text(template), artifact, new Map(assets));
}

/** The value at a path of properties, or undefined. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((outer, key) => Object(outer)[key], value);
}

/** A list, also where CloudFormation writes a single value. */
export const list = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, readable(inner)] as const);
  const [[key, inner] = ['', undefined]] = entries;
  if (key === 'Ref') return `<${inner}>`;
  if (key === 'Fn::GetAtt') return `<${list(inner).join('.')}>`;
  if (key === 'Fn::Join') return list(at(inner, 1)).join(String(at(inner, 0)));
  return Object.fromEntries(entries);
}
