import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Address } from '../facts/facts.ts';

/** What the merchant has configured at IGF, as far as a return is decided by it. */
export const RetailerRules = z.object({
  /** The countries that IGF forwards from for this retailer; none means that it names none. */
  countries: z.array(z.string()),
  /** `emailHash` of the customers that the retailer banned: the bridge compares addresses and need not know them. */
  bannedEmailHashes: z.array(z.string()),
  /** When it was read at IGF, ISO 8601 UTC. */
  readAt: z.string(),
});
export type RetailerRules = z.infer<typeof RetailerRules>;

/** Compares email addresses without storing them. */
export const emailHash = (email: string): string =>
  createHash('sha256').update(email.trim().toLowerCase()).digest('hex').slice(0, 32);

/** A reason is logged: it may name a code, but any other text of a payload may be anything. */
export const safeCode = (text: string): string => (/^[A-Z]{2,3}$/.test(text) ? text : 'unknown');

/** Why the retailer's configuration rules a sender out, if it does; never with the address itself. */
export function ruledOut(rules: RetailerRules | undefined, sender: Address | undefined): string | undefined {
  if (!rules || !sender) return undefined;
  const { countries, bannedEmailHashes } = rules;
  const country = sender.country?.toUpperCase();
  if (country && countries.length > 0 && !countries.includes(country)) {
    return `the sender's country (${safeCode(country)}) is not among the retailer's countries at ItGoesForward`;
  }
  if (sender.email && bannedEmailHashes.includes(emailHash(sender.email))) {
    return 'the retailer has banned the customer at ItGoesForward';
  }
  return undefined;
}
