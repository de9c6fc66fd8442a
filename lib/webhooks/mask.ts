import { deepestJson } from '../config/limits.ts';

const masked = '[masked]';

/**
 * Fields that open something at Winkelstraat: a shipment's token is a password of its API, and the URLs of labels and
 * PDFs show a customer's address to everybody.
 */
function isSecret(field: string): boolean {
  const name = field.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (name.endsWith('token') || name.includes('pdf')) return true;
  return name.includes('label') && /ur[li]|link/.test(name);
}

const hasValue = (value: unknown): boolean => value !== null && value !== '' && value !== masked;

const isSecretField = ([name, value]: [string, unknown]): boolean => hasValue(value) && isSecret(name);

/** Whether a value has anything to mask, at any depth. It walks without recursion, because the depth is untrusted. */
export function hasSecrets(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (!Array.isArray(next) && Object.entries(next).some(isSecretField)) return true;
    for (const inner of Object.values(next)) if (typeof inner === 'object') open.push(inner);
  }
  return false;
}

/** Somewhat deeper than a body may be, so that one that is too deep stays so. */
const deepestKept = deepestJson + 2;

/** The value with every secret masked. What is nested deeper than any webhook is left out. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepestKept) return null;
  if (Array.isArray(value)) return value.map((entry) => withoutSecrets(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecretField([name, inner]) ? masked : withoutSecrets(inner, depth + 1),
    ]),
  );
}
