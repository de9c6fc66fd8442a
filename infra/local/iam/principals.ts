import { appendFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { account } from '../../local-services.ts';
import type { Addresses } from '../endpoints.ts';
import { stackResources } from '../resources.ts';
import type { Assembly } from '../synth.ts';
import { type Decision, PolicyDocument, type Statement } from './policy.ts';

/** A caller with a key of its own. */
export interface Principal {
  readonly role: string;
  /** The session of the role, such as the name of the function. */
  readonly session: string;
  readonly statements: readonly Statement[];
}

/** Who may do what, as the template says. It is plain data: the services read it in their threads. */
export interface Identities {
  readonly principals: Readonly<Record<string, Principal>>;
  /** The tags of secrets by ARN. */
  readonly tags: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The access key of a function. DynamoDB Local takes letters and digits only. */
export const accessKeyOf = (functionName: string): string => functionName.replace(/[^A-Za-z0-9]/g, '');

export const userOf = ({ role, session }: Principal): string =>
  `arn:aws:sts::${account}:assumed-role/${role}/${session}`;

const none = z.optional(z.never());

/** @throws Error when the template grants permissions in a way that the local runtime does not know */
export function readIdentities(assembly: Assembly, addresses: Addresses): Identities {
  const resources = stackResources(assembly, addresses);
  const roles = resources('AWS::IAM::Role', {
    Policies: none,
    ManagedPolicyArns: none,
    PermissionsBoundary: none,
  });
  const policies = resources('AWS::IAM::Policy', { PolicyDocument, Roles: z.array(z.string()) });
  const principals = resources('AWS::Lambda::Function', { Role: z.string() }).map(({ name, properties }) => {
    const role = roles.find(({ arn }) => arn === properties.Role);
    const ofRole = policies.filter((policy) => role && policy.properties.Roles.includes(role.ref));
    const statements = ofRole.flatMap((policy) => policy.properties.PolicyDocument.Statement);
    return [accessKeyOf(name), { role: role?.name ?? '', session: name, statements }] as const;
  });
  const Tag = z.object({ Key: z.string(), Value: z.string() });
  const secrets = resources('AWS::SecretsManager::Secret', { Tags: z._default(z.array(Tag), []) });
  const tags = secrets.map(({ arn, properties }) => [
    arn,
    Object.fromEntries(properties.Tags.map(({ Key, Value }) => [Key, Value])),
  ]);
  return { principals: Object.fromEntries(principals), tags: Object.fromEntries(tags) };
}

/** What a role asked for, and how that was decided. */
export type Use = readonly [role: string, action: string, resource: string, decision: Decision];

/** The folder through which the threads of the services share who may do what, and what was asked for. */
export function sharedIdentities(folder: string) {
  const [identities, uses] = [join(folder, 'identities.json'), join(folder, 'uses.jsonl')];
  let known: { readonly since: number; readonly all: Identities } | undefined;
  return {
    /** Holds from the next call on. Another thread never reads half a file. */
    write: (all: Identities): void => {
      writeFileSync(`${identities}.new`, JSON.stringify(all));
      renameSync(`${identities}.new`, identities);
    },
    read: (): Identities => {
      const since = statSync(identities).mtimeMs;
      if (known?.since !== since) known = { since, all: JSON.parse(readFileSync(identities, 'utf8')) };
      return known.all;
    },
    note: (use: Use): void => appendFileSync(uses, `${JSON.stringify(use)}\n`),
    /** Each use, once for each service that saw it. */
    uses: (): Use[] =>
      readFileSync(uses, { encoding: 'utf8', flag: 'a+' })
        .split('\n')
        .flatMap((line) => (line ? [JSON.parse(line) as Use] : [])),
  };
}
