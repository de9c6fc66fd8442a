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

/** CustomerResponse: the address is only named by its id. */
export function showCustomer(customer: Customer) {
  const { address: _kept, ...shown } = customer;
  return { ...shown, customerStatus: customer.customerStatus ?? 1 };
}
