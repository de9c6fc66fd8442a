import { codeOf, Refusal } from '../errors.ts';
import type { Store } from '../store.ts';
import { isSameEmail } from './customers.ts';
import { endAllOf } from './ending.ts';
import type { Moment } from './moment.ts';

/** Every customer with this email is banned from now on, and what they have open ends. */
export function ban(moment: Moment, email: string): void {
  const { store } = moment;
  if (!isBanned(store, email)) {
    store.retailer = { ...store.retailer, bannedEmails: [...store.retailer.bannedEmails, email] };
  }
  const customers = store.customers.all().filter((customer) => isSameEmail(customer.email, email));
  endAllOf(
    moment,
    customers.map(({ id }) => id),
  );
}

/** The document only names the reason CUSTOMER_BANNED: read as that a banned customer neither sends nor receives. */
export function refuseBanned(store: Store, { email }: { readonly email: string }): void {
  if (isBanned(store, email))
    throw new Refusal(400, codeOf(400), 'The customer is banned', 'CUSTOMER_BANNED');
}

function isBanned({ retailer }: Store, email: string): boolean {
  return retailer.bannedEmails.some((banned) => isSameEmail(banned, email));
}
