import type { Customer, Store } from '../store.ts';

/** CustomerResponse: the address is only named by its id. */
export function showCustomer(customer: Customer) {
  const { address: _kept, ...shown } = customer;
  return { ...shown, customerStatus: customer.customerStatus ?? 1 };
}

export function showCustomerWithId(store: Store, id: number | undefined) {
  const customer = id === undefined ? undefined : store.customers.find(id);
  return customer && showCustomer(customer);
}
