import { randomBytes } from 'node:crypto';
import type { SecretsManager, SecretValues } from './secrets-manager.ts';
import type { SecretPart } from './stack-parts.ts';

/** Which secret of the stack is meant. */
export type SecretName = 'winkelstraat' | 'igf' | 'igf-token';

/** The secrets of the running stack, for tests that change, remove or break them. */
export interface LocalSecrets {
  /** Puts values in place of all that the secret had: `{}` takes them away. */
  set(name: SecretName, values: SecretValues): void;
  /** Answers every read with this HTTP status, or normally again when undefined. */
  fail(status: number | undefined): void;
}

/** The secret end of the URLs that IGF posts to. */
export const newIgfToken = (): string => randomBytes(24).toString('base64url');

/**
 * Fills the stack's secrets with their local values. A secret that is none of ours stays without a value, as after a
 * first deploy.
 */
export function fillSecrets(
  manager: SecretsManager,
  secrets: readonly SecretPart[],
  keys: { readonly winkelstraat: string; readonly igf: string; readonly igfToken?: string },
): LocalSecrets {
  const values: Record<SecretName, SecretValues> = {
    winkelstraat: { current: keys.winkelstraat },
    igf: { current: keys.igf },
    'igf-token': { current: keys.igfToken ?? newIgfToken() },
  };
  const ids = new Map<SecretName, string>();
  manager.declare(secrets);
  for (const secret of secrets) {
    const name = purposeOf(secret);
    if (name === undefined) continue;
    ids.set(name, secret.arn);
    manager.set(secret.arn, values[name]);
  }
  return {
    set: (name, next) => {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`The stack has no secret ${name}.`);
      manager.set(id, next);
    },
    fail: manager.fail,
  };
}

/** The template has no field that says what a secret is for, but its id and description are written for people. */
export function purposeOf({ logicalId, description }: SecretPart): SecretName | undefined {
  const words = `${logicalId} ${description}`;
  if (/token/i.test(words)) return 'igf-token';
  if (/winkelstraat/i.test(words)) return 'winkelstraat';
  return /igf|itgoesforward/i.test(words) ? 'igf' : undefined;
}
