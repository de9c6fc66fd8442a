import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Address } from '../facts/facts.ts';
import { readCountry } from './customer.ts';

/** The part of the merchant's configuration at IGF that decisions depend on. */
export const RetailerRules = z.object({
  /** The countries that IGF forwards from for this retailer. An empty list means that the retailer set none. */
  countries: z.array(z.string()),
  /** `emailHash` of the customers that the retailer banned: the bridge only compares addresses. */
  bannedEmailHashes: z.array(z.string()),
  /** When the configuration was read at IGF, ISO 8601 UTC. */
  readAt: z.string(),
});
export type RetailerRules = z.infer<typeof RetailerRules>;

/** A hash to compare email addresses without storing them. */
export const emailHash = (email: string): string => hashOfEmail(email).slice(0, 32);

/** The key of a person in the index `person`. It is no secret: an item has it only beside the address itself. */
export const hashOfEmail = (email: string): string =>
  createHash('sha256').update(email.trim().toLowerCase()).digest('hex');

/** Reasons are logged, so they may contain a currency code, but no other text of a payload. */
export const safeCode = (text: string): string => (/^[A-Z]{2,3}$/.test(text) ? text : 'unknown');

/** Why the retailer's configuration excludes a sender, if it does. The text never contains the address. */
export function ruledOut(rules: RetailerRules | undefined, sender: Address | undefined): string | undefined {
  if (!rules || !sender) return undefined;
  const { countries, bannedEmailHashes } = rules;
  const country = sender.country && readCountry(sender.country);
  if (country && countries.length > 0 && !countries.includes(country)) {
    return `the sender's country (${country}) is not among the retailer's countries at ItGoesForward`;
  }
  if (sender.email && bannedEmailHashes.includes(emailHash(sender.email))) {
    return 'the retailer has banned the customer at ItGoesForward';
  }
  return undefined;
}
