import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../errors.ts';
import type { CustomerBody } from '../requests.ts';
import type { CustomerRow, Store } from '../store.ts';
import { type Context, forceCancel, forwardingOf, isHandedIn } from './forwarding.ts';

/** The customer with this email and address, or a new one. A known customer keeps its name and phone. */
export function findOrAddCustomer({ customers }: Store, details: CustomerBody): CustomerRow {
  const known = customers
    .all()
    .find(({ email, address }) => email === details.email && isDeepStrictEqual(address, details.address));
  return known ?? customers.add((id) => ({ ...details, id, addressId: 1000 + id }));
}

/** Whether a listing (by its sender or receiver) or a regular return names the customer. */
export function isInvolved(store: Store, { id }: CustomerRow): boolean {
  return (
    store.listings.all().some(({ senderId, receiverId }) => senderId === id || receiverId === id) ||
    store.regularReturns.all().some(({ customerId }) => customerId === id)
  );
}

/** Every customer with the email, in any case of its letters. */
export function customersByEmail({ customers }: Store, email: string): CustomerRow[] {
  return customers.all().filter((customer) => isSameEmail(customer.email, email));
}

/** Bans every customer with this email, and cancels what is not handed in yet. Sends no webhook. */
export function banEmail(context: Context, email: string): void {
  const { store } = context;
  const { retailer } = store;
  if (!isBanned(store, email)) {
    store.retailer = { ...retailer, bannedEmails: [...retailer.bannedEmails, email] };
  }
  const banned: (number | undefined)[] = customersByEmail(store, email).map(({ id }) => id);
  for (const { id, senderId, receiverId, status } of store.listings.all()) {
    if (!banned.includes(senderId) && !banned.includes(receiverId)) continue;
    const forwarding = forwardingOf(store, id);
    if (status !== 'Cancelled' && !isHandedIn(forwarding))
      forceCancel(context, forwarding, 'CUSTOMER_BANNED');
  }
}

/** The document only names CUSTOMER_BANNED. Here a banned customer can neither send nor receive. */
export function refuseBanned(store: Store, { email }: CustomerBody): void {
  if (isBanned(store, email)) throw new Refusal(400, 'The customer is banned', 'CUSTOMER_BANNED');
}

function isBanned({ retailer }: Store, email: string): boolean {
  return retailer.bannedEmails.some((banned) => isSameEmail(banned, email));
}

function isSameEmail(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
