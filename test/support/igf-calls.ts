import type { ListingRequest } from '../../lib/igf/api/listings.ts';
import type { OrderRequest } from '../../lib/igf/api/orders.ts';
import type { CustomerRequest } from '../../lib/igf/api/requests.ts';
import { type IgfClient, igfClient } from '../../lib/igf/client.ts';
import { groups } from '../../lib/igf/operations.ts';

export type WholeIgf = IgfClient<typeof groups>;

export const wholeIgf = (url: string, apiKey: string): WholeIgf =>
  igfClient({ baseUrl: url, apiKey: async () => apiKey, timeoutMs: 5000 }, groups);

const customer = (email: string): CustomerRequest => ({
  email,
  firstName: 'Jan',
  lastName: 'de Vries',
  phone: '+31600000000',
  language: 'nl',
  address: {
    street: 'Keizersgracht',
    houseNr: '12a',
    city: 'Amsterdam',
    postalCode: '1015 CJ',
    country: 'NL',
  },
});

/** Its ids are digits: some operations take a product id as an integer only. */
const article: ListingRequest = {
  sku: '381189-L/rood',
  productId: '381189',
  listingWebshopOrderId: '000000549',
  returnReason: 'too_big',
  returnReasonComment: '[000000093/90]',
  originalPrice: 270.5,
  quantity: 1,
  maxQuantity: 2,
  customer: customer('sender@example.com'),
};

const warehouse = {
  name: 'Main',
  postalCode: '2645 JT',
  city: 'Delfgauw',
  countryCode: 'NL',
  houseNumber: '33a',
  street: 'Warehouse street',
  responsibleEmployeeEmail: 'filip@example.com',
};

const purchase = (listingId: number): OrderRequest => ({
  listingId,
  webshopOrderId: 'W-2',
  webshopOrderItemId: '2/1',
  customer: customer('receiver@example.com'),
});

const listed = (igf: WholeIgf) => igf.listings.create(article);
const ordered = async (igf: WholeIgf) => igf.orders.create(purchase((await listed(igf)).id));
const committed = async (igf: WholeIgf) => igf.orders.commit(purchase((await listed(igf)).id));
const contracted = (igf: WholeIgf) => igf.carrierContracts.create({ name: 'PostNL', data: { code: 'X' } });
const stored = (igf: WholeIgf) => igf.warehouses.create(warehouse);
const sentBack = async (igf: WholeIgf) => {
  await stored(igf);
  return igf.returns.create({
    webshopOrderId: '000000549',
    products: [{ sku: '381189-L', productId: '381189' }],
    customer: customer('sender@example.com'),
  });
};
/** Everything that IGF wants before it makes a label. */
const shipped = async (igf: WholeIgf) => {
  await contracted(igf);
  await stored(igf);
  return igf.shipments.create((await ordered(igf)).id);
};
const senderOf = async (igf: WholeIgf): Promise<number> => (await listed(igf)).senderId ?? 0;

/** Each operation once, on an IGF as on its first day; what it resolves to is the operation's answer. */
export const calls = {
  availableListings: (igf) => listed(igf).then(() => igf.listings.available({ ip: '127.0.0.1' })),
  createListing: listed,
  findListings: async (igf) => {
    const [one, other] = [await listed(igf), await listed(igf)];
    return igf.listings.all({ ids: [one.id, other.id], listingWebshopOrderId: '000000549' });
  },
  listingsByProducts: (igf) => listed(igf).then(() => igf.listings.ofProducts([381189, 2])),
  getListing: async (igf) => igf.listings.get((await listed(igf)).id),
  updateListing: async (igf) =>
    igf.listings.update((await listed(igf)).id, { originalPrice: 250, status: null, discountValue: 0.5 }),
  deleteListing: async (igf) => igf.listings.remove((await listed(igf)).id),
  listingsBySku: (igf) => listed(igf).then(() => igf.listings.ofSku('381189-L/rood')),
  listingsByCustomer: async (igf) => igf.listings.ofSender(await senderOf(igf)),
  listingsByProduct: (igf) => listed(igf).then(() => igf.listings.ofProduct(381189)),
  cancelListing: async (igf) => igf.listings.cancel((await listed(igf)).id),
  getListingByNanoId: async (igf) => igf.listings.getByNanoId((await listed(igf)).id),

  findOrders: async (igf) => igf.orders.ofListing((await ordered(igf)).listingId ?? 0),
  createOrder: ordered,
  getOrder: async (igf) => igf.orders.get((await ordered(igf)).id),
  deleteOrder: async (igf) => igf.orders.remove((await ordered(igf)).id),
  commitOrder: committed,
  finalizeOrder: async (igf) => igf.orders.confirm((await committed(igf)).id),
  ordersBySku: (igf) => ordered(igf).then(() => igf.orders.ofSku('381189-L/rood')),
  ordersByReceiver: async (igf) => igf.orders.ofReceiver((await ordered(igf)).receiverId ?? 0),
  ordersBySender: async (igf) => igf.orders.ofSender((await ordered(igf)).senderId ?? 0),
  ordersByProduct: (igf) => ordered(igf).then(() => igf.orders.ofProduct(381189)),
  initialOrder: (igf) => ordered(igf).then(() => igf.orders.initialOf('W-2')),
  latestOrder: (igf) => ordered(igf).then(() => igf.orders.latestOf('000000549')),

  findShipments: async (igf) => igf.shipments.ofOrder((await shipped(igf)).orderId ?? 0),
  createShipment: shipped,
  getShipment: async (igf) => igf.shipments.get((await shipped(igf)).id),
  deleteShipment: async (igf) => igf.shipments.remove((await shipped(igf)).id),
  setShipmentDelivered: async (igf) => igf.shipments.setDelivered((await shipped(igf)).id),
  setShipmentFeedback: async (igf) => igf.shipments.setFeedback((await shipped(igf)).id, 2),

  getCustomer: async (igf) => igf.customers.get(await senderOf(igf)),
  updateCustomer: async (igf) => {
    const { customerStatus: _, ...change } = { ...customer('new@example.com'), customerStatus: 1 };
    return igf.customers.update(await senderOf(igf), change);
  },
  deleteCustomer: async (igf) => {
    const { id, senderId } = await listed(igf);
    await igf.listings.remove(id);
    return igf.customers.remove(senderId ?? 0);
  },
  banCustomer: (igf) => listed(igf).then(() => igf.customers.ban('sender@example.com')),
  customerByEmail: (igf) => listed(igf).then(() => igf.customers.ofEmail('sender@example.com')),

  allWarehouses: (igf) => stored(igf).then(() => igf.warehouses.all()),
  createWarehouse: stored,
  getWarehouse: async (igf) => igf.warehouses.get((await stored(igf)).id),
  updateWarehouse: async (igf) =>
    igf.warehouses.update((await stored(igf)).id, { ...warehouse, name: 'Other' }),
  deleteWarehouse: async (igf) => igf.warehouses.remove((await stored(igf)).id),
  warehousesOfRetailer: (igf) => stored(igf).then(() => igf.warehouses.ofRetailer()),

  subscribeWebhook: (igf) => igf.webhooks.subscribe('REFUND', 'https://bridge.example/igf/v1/refund/t0ken'),
  allWebhooks: async (igf) => {
    await igf.webhooks.subscribe('LABELED', 'https://bridge.example/igf/v1/labeled/t0ken');
    return igf.webhooks.all();
  },
  deleteWebhook: async (igf) => {
    const made = await igf.webhooks.subscribe('SHIPPED', 'https://bridge.example/igf/v1/shipped/t0ken');
    return igf.webhooks.remove(made?.id ?? 0);
  },
  deleteWebhookByEventType: async (igf) => {
    await igf.webhooks.subscribe('COMPLETED', 'https://bridge.example/igf/v1/completed/t0ken');
    return igf.webhooks.unsubscribe('COMPLETED');
  },

  getInfo: (igf) => igf.info.get(),
  checkForwardable: (igf) =>
    igf.info.forwardable({
      items: [{ sku: '381189-L', productId: '381189' }],
      webshopOrderId: '000000549',
      address: { country: 'NL' },
    }),

  updateApiKey: (igf) => igf.tenant.setApiKey('another-key'),

  getRetailer: (igf) => igf.retailer.get(),
  updateRetailer: (igf) =>
    igf.retailer.update({
      matchingPeriod: 10,
      countries: ['NL', 'BE'],
      bannedEmails: ['no@example.com'],
      discountsEnabled: true,
      averageSavingsKilometers: 12.5,
    }),
  enableDiscount: (igf) => igf.retailer.enableDiscount(),
  disableDiscount: (igf) => igf.retailer.disableDiscount(),

  allCarrierContracts: (igf) => contracted(igf).then(() => igf.carrierContracts.all()),
  createCarrierContract: contracted,
  getCarrierContract: async (igf) => igf.carrierContracts.get((await contracted(igf)).id),
  updateCarrierContract: async (igf) =>
    igf.carrierContracts.update((await contracted(igf)).id, { code: 'Y' }),
  deleteCarrierContract: async (igf) => igf.carrierContracts.remove((await contracted(igf)).id),
  carrierContractSchemas: (igf) => igf.carrierContracts.schemas(),

  allDiscountRanges: (igf) => igf.discounts.all(),
  replaceDiscountRanges: (igf) =>
    igf.discounts.replace([
      { minPrice: 0, maxPrice: 50, maxDiscount: 0.1 },
      { minPrice: 50, maxPrice: 500, maxDiscount: 0.25 },
    ]),

  allReturns: (igf) => sentBack(igf).then(() => igf.returns.all()),
  createReturn: sentBack,
  getReturn: (igf) => sentBack(igf).then(() => igf.returns.ofWebshopOrder('000000549')),
  deleteReturn: async (igf) => igf.returns.remove((await sentBack(igf)).id),
} satisfies Record<string, (igf: WholeIgf) => Promise<unknown>>;
