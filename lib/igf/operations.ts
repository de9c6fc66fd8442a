// biome-ignore-all format: a table is read by its columns
import type { Evidence, Group, Method, Operation } from './operation.ts';

/*
 * IGF's operations, every one of the vendor document (0.34.0) in its order. One line mends a wrong guess; a deployment
 * mends it for itself with the setting `igfPaths`, and `npm run ops -- igf verify` compares all of it with the vendor's
 * own OpenAPI file. `docs/igf.md` is made of it.
 *
 * Each row is an export of its own, made by a function of this file that is marked as free of side effects: so a bundle
 * holds the rows of what it calls and no others.
 */

// @__NO_SIDE_EFFECTS__
function row(number: number, group: Group, name: string, method: Method, path: string, evidence: Evidence, title: string): Operation {
  return { number, group, name, method, path, evidence, title };
}

export const availableListings        = row( 1, 'listings',         'availableListings',        'GET',    '/listings',                         'client',   'Get all listings that are still available.');
export const createListing            = row( 2, 'listings',         'createListing',            'POST',   '/listings',                         'doc',      'Create a new listing');
export const findListings             = row( 3, 'listings',         'findListings',             'GET',    '/listings/all',                     'inferred', 'Get all listings that have ever been listed.');
export const listingsByProducts       = row( 4, 'listings',         'listingsByProducts',       'GET',    '/listings/product',                 'client',   'Get all listings with by product ids.');
export const getListing               = row( 5, 'listings',         'getListing',               'GET',    '/listings/{id}',                    'inferred', 'Get a specific listing.');
export const updateListing            = row( 6, 'listings',         'updateListing',            'PUT',    '/listings/{id}',                    'client',   'Update a specific listing.');
export const deleteListing            = row( 7, 'listings',         'deleteListing',            'DELETE', '/listings/{id}',                    'inferred', 'Delete a specific listing.');
export const listingsBySku            = row( 8, 'listings',         'listingsBySku',            'GET',    '/listings/sku/{skuId}',             'client',   'Get listings by SKU ID.');
export const listingsByCustomer       = row( 9, 'listings',         'listingsByCustomer',       'GET',    '/listings/customer/{customerId}',   'inferred', 'Get listings by customer ID.');
export const listingsByProduct        = row(10, 'listings',         'listingsByProduct',        'GET',    '/listings/product/{productId}',     'client',   'Get listings by product ID.');
export const cancelListing            = row(11, 'listings',         'cancelListing',            'PUT',    '/listings/cancel/{listingId}',      'inferred', 'Cancel a listing with the given Id');
export const getListingByNanoId       = row(12, 'listings',         'getListingByNanoId',       'GET',    '/listings/nanoId/{id}',             'inferred', 'Get a specific listing by its nanoId.');

export const findOrders               = row(13, 'orders',           'findOrders',               'GET',    '/orders',                           'inferred', 'Returns all orders, or get order by listing ID');
export const createOrder              = row(14, 'orders',           'createOrder',              'POST',   '/orders',                           'client',   'Creates an order, when a customer buys a listed return');
export const getOrder                 = row(15, 'orders',           'getOrder',                 'GET',    '/orders/{orderId}',                 'inferred', 'Find purchase order by ID');
export const deleteOrder              = row(16, 'orders',           'deleteOrder',              'DELETE', '/orders/{orderId}',                 'inferred', 'Delete purchase order by ID');
export const commitOrder              = row(17, 'orders',           'commitOrder',              'POST',   '/orders/commit',                    'inferred', 'Commits an order to the database');
// Its path is in the document, its method is convention; a 404 may mean either.
export const finalizeOrder            = row(18, 'orders',           'finalizeOrder',            'POST',   '/orders/finalize/{id}',             'inferred', 'Confirms or rejects an order to the database');
export const ordersBySku              = row(19, 'orders',           'ordersBySku',              'GET',    '/orders/sku/{skuId}',               'inferred', 'Get orders by SKU ID');
export const ordersByReceiver         = row(20, 'orders',           'ordersByReceiver',         'GET',    '/orders/receiver/{receiverId}',     'inferred', 'Get orders by customerID of the receiver');
export const ordersBySender           = row(21, 'orders',           'ordersBySender',           'GET',    '/orders/sender/{senderId}',         'inferred', 'Get orders by the customerID of the sender');
export const ordersByProduct          = row(22, 'orders',           'ordersByProduct',          'GET',    '/orders/product/{productId}',       'inferred', 'Get orders by product ID');
export const initialOrder             = row(23, 'orders',           'initialOrder',             'GET',    '/orders/initial/{id}',              'inferred', 'Get the initial webshop order id by current webshop order id');
export const latestOrder              = row(24, 'orders',           'latestOrder',              'GET',    '/orders/latest/{id}',               'inferred', 'Get latest order in the order chain by listingWebshopOrderId');

export const findShipments            = row(25, 'shipments',        'findShipments',            'GET',    '/shipments',                        'inferred', 'Gets all shipments, or gets shipment by orderId or listingId');
export const createShipment           = row(26, 'shipments',        'createShipment',           'POST',   '/shipments',                        'inferred', 'Creates a shipment after the sender has shipped the product');
export const getShipment              = row(27, 'shipments',        'getShipment',              'GET',    '/shipments/{shipmentId}',           'inferred', 'Find shipment by ID');
export const deleteShipment           = row(28, 'shipments',        'deleteShipment',           'DELETE', '/shipments/{shipmentId}',           'inferred', 'Deletes a shipment');
export const setShipmentDelivered     = row(29, 'shipments',        'setShipmentDelivered',     'PUT',    '/shipments/{shipmentId}/delivered', 'inferred', 'Set the status of a shipment to delivered');
export const setShipmentFeedback      = row(30, 'shipments',        'setShipmentFeedback',      'PUT',    '/shipments/{shipmentId}/feedback',  'inferred', 'Set feedback for a shipment');

export const getCustomer              = row(31, 'customers',        'getCustomer',              'GET',    '/customer/{id}',                    'inferred', 'Get customer by id');
export const updateCustomer           = row(32, 'customers',        'updateCustomer',           'PUT',    '/customer/{id}',                    'inferred', 'Update customer');
export const deleteCustomer           = row(33, 'customers',        'deleteCustomer',           'DELETE', '/customer/{id}',                    'inferred', 'Delete customer');
export const banCustomer              = row(34, 'customers',        'banCustomer',              'POST',   '/customer/ban',                     'inferred', 'Ban customer by email');
export const customerByEmail          = row(35, 'customers',        'customerByEmail',          'GET',    '/customer/email/{email}',           'inferred', 'Get customer by email');

export const allWarehouses            = row(36, 'warehouses',       'allWarehouses',            'GET',    '/warehouse',                        'inferred', 'Get all warehouse');
export const createWarehouse          = row(37, 'warehouses',       'createWarehouse',          'POST',   '/warehouse',                        'inferred', 'Create a new warehouse');
export const getWarehouse             = row(38, 'warehouses',       'getWarehouse',             'GET',    '/warehouse/{id}',                   'inferred', 'Get warehouse by id');
export const updateWarehouse          = row(39, 'warehouses',       'updateWarehouse',          'PUT',    '/warehouse/{id}',                   'inferred', 'Update warehouse');
export const deleteWarehouse          = row(40, 'warehouses',       'deleteWarehouse',          'DELETE', '/warehouse/{id}',                   'inferred', 'Delete warehouse');
export const warehousesOfRetailer     = row(41, 'warehouses',       'warehousesOfRetailer',     'GET',    '/warehouse/retailer',               'inferred', 'Get all warehouse by retailer');

export const subscribeWebhook         = row(42, 'webhooks',         'subscribeWebhook',         'POST',   '/webhooks',                         'inferred', 'Subscribe to a webhook. NOTE: Only one webhook per event type is allowed');
export const allWebhooks              = row(43, 'webhooks',         'allWebhooks',              'GET',    '/webhooks',                         'inferred', 'Get all webhooks');
export const deleteWebhook            = row(44, 'webhooks',         'deleteWebhook',            'DELETE', '/webhooks/{id}',                    'inferred', 'Delete a webhook by ID');
export const deleteWebhookByEventType = row(45, 'webhooks',         'deleteWebhookByEventType', 'DELETE', '/webhooks/eventType/{eventType}',   'inferred', 'Delete a webhook by event type');

export const getInfo                  = row(46, 'info',             'getInfo',                  'GET',    '/info',                             'inferred', 'Get tenant information');
export const checkForwardable         = row(47, 'info',             'checkForwardable',         'POST',   '/info/forwardable',                 'inferred', 'Check if the given items can be forwarded');

export const updateApiKey             = row(48, 'tenant',           'updateApiKey',             'PUT',    '/tenant/apiKey',                    'inferred', 'Update the apiKey of the given tenant');

export const getRetailer              = row(49, 'retailer',         'getRetailer',              'GET',    '/retailer',                         'inferred', 'Get the retailer config table');
export const updateRetailer           = row(50, 'retailer',         'updateRetailer',           'PUT',    '/retailer',                         'inferred', 'Update a retailer');
export const enableDiscount           = row(51, 'retailer',         'enableDiscount',           'PUT',    '/retailer/discount/enable',         'inferred', 'Enable discount for a retailer');
export const disableDiscount          = row(52, 'retailer',         'disableDiscount',          'PUT',    '/retailer/discount/disable',        'inferred', 'Disable discount for a retailer');

export const allCarrierContracts      = row(53, 'carrierContracts', 'allCarrierContracts',      'GET',    '/carrier-contracts',                'inferred', 'Retrieves all carrier contracts.');
export const createCarrierContract    = row(54, 'carrierContracts', 'createCarrierContract',    'POST',   '/carrier-contracts',                'inferred', 'Creates a new carrier contract.');
export const getCarrierContract       = row(55, 'carrierContracts', 'getCarrierContract',       'GET',    '/carrier-contracts/{id}',           'inferred', 'Retrieves a carrier contract.');
export const updateCarrierContract    = row(56, 'carrierContracts', 'updateCarrierContract',    'PUT',    '/carrier-contracts/{id}',           'inferred', 'Updates an existing carrier contract.');
export const deleteCarrierContract    = row(57, 'carrierContracts', 'deleteCarrierContract',    'DELETE', '/carrier-contracts/{id}',           'inferred', 'Deletes a carrier contract.');
export const carrierContractSchemas   = row(58, 'carrierContracts', 'carrierContractSchemas',   'GET',    '/carrier-contracts/schemas',        'inferred', 'Retrieves all carrier contracts Json Schema.');

export const allDiscountRanges        = row(59, 'discounts',        'allDiscountRanges',        'GET',    '/discount',                         'inferred', 'Get all discount ranges.');
export const replaceDiscountRanges    = row(60, 'discounts',        'replaceDiscountRanges',    'PUT',    '/discount',                         'inferred', 'Change the previous discount ranges.');

export const allReturns               = row(61, 'returns',          'allReturns',               'GET',    '/returns',                          'inferred', 'Gets all regular returns');
export const createReturn             = row(62, 'returns',          'createReturn',             'POST',   '/returns',                          'inferred', 'Creates a regular return');
export const getReturn                = row(63, 'returns',          'getReturn',                'GET',    '/returns/{webshopOrderId}',         'inferred', 'Gets a return by webshop order ID');
export const deleteReturn             = row(64, 'returns',          'deleteReturn',             'DELETE', '/returns/{id}',                     'inferred', 'Delete a return by ID');
