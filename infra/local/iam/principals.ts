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

/** Who may do what, by access key. It is plain data: the services read it in their threads. */
export type Principals = Readonly<Record<string, Principal>>;

/** The access key of a function. DynamoDB Local takes letters and digits only. */
export const accessKeyOf = (functionName: string): string => functionName.replace(/[^A-Za-z0-9]/g, '');

export const userOf = ({ role, session }: Principal): string =>
  `arn:aws:sts::${account}:assumed-role/${role}/${session}`;

const none = z.optional(z.never());

/** @throws Error when the template grants permissions in a way that the local runtime does not know */
export function readPrincipals(assembly: Assembly, addresses: Addresses): Principals {
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
  return Object.fromEntries(principals);
}

/** What a role asked for, and how that was decided. */
export type Use = readonly [role: string, action: string, resource: string, decision: Decision];

/** The folder through which the threads of the services share who may do what, and what was asked for. */
export function sharedPrincipals(folder: string) {
  const [principals, uses] = [join(folder, 'principals.json'), join(folder, 'uses.jsonl')];
  let known: { readonly version: string; readonly all: Principals } | undefined;
  return {
    folder,
    /** Holds from the next call on. Another thread never reads half a file. */
    write: (all: Principals): void => {
      writeFileSync(`${principals}.new`, JSON.stringify(all));
      renameSync(`${principals}.new`, principals);
    },
    read: (): Principals => {
      const { ino, mtimeMs } = statSync(principals);
      // Two files may be written in one tick of the file system's clock.
      const version = `${ino} ${mtimeMs}`;
      if (known?.version !== version) known = { version, all: JSON.parse(readFileSync(principals, 'utf8')) };
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
