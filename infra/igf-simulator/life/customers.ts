import type { CustomerRequest } from '../schemas/customer.ts';
import type { Customer, Store } from '../store.ts';

/**
 * The customer whose email and address are those of `request`; a new one when there is none. A known customer keeps the
 * name and phone of its first appearance.
 */
export function customerOf(store: Store, request: CustomerRequest): Customer {
  const known = store.customers.all().find((customer) => isSameCustomer(customer, request));
  return known ?? store.customers.add((id) => ({ ...request, id, addressId: 1000 + id }));
}

function isSameCustomer(a: CustomerRequest, b: CustomerRequest): boolean {
  return (
    a.email === b.email &&
    a.address.street === b.address.street &&
    a.address.houseNr === b.address.houseNr &&
    a.address.city === b.address.city &&
    a.address.postalCode === b.address.postalCode &&
    a.address.country === b.address.country
  );
}

/** Whether a listing (as sender, or as receiver of its order) or a regular return names the customer. */
export function isInvolved(store: Store, { id }: Customer): boolean {
  return (
    store.listings.all().some(({ senderId, receiverId }) => senderId === id || receiverId === id) ||
    store.regularReturns.all().some(({ customerId }) => customerId === id)
  );
}

export function isSameEmail(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
