import * as z from 'zod/mini';
import { faultsOf } from '../../../../lib/ingest/schema-faults.ts';
import type { Webhook } from '../../../../lib/webhooks/webhook.ts';
import type { Json } from '../../../support/builders.ts';

/** The paths of the faults in a body by a webhook's schema; none when it is accepted. */
export function faults({ schema }: Webhook, body: unknown): string[] {
  const parsed = z.safeParse(schema, body);
  return parsed.success ? [] : faultsOf(parsed.error, body).map(({ path, message }) => `${path} ${message}`);
}

/** The payload with null in place of some of its fields; a dotted path reaches into objects and lists. */
export function withNull(payload: Json, ...paths: string[]): Json {
  const copy = structuredClone(payload);
  for (const path of paths) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    const parent = names.reduce((inner: unknown, name) => (inner as Json)[name], copy);
    (parent as Json)[last] = null;
  }
  return copy;
}

/** Every field of a payload that is not an object or a list, as a dotted path. */
export const leaves = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => leaves(inner, path ? `${path}.${name}` : name))
    : [path];
