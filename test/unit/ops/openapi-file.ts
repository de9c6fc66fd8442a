/** Some operations of IGF as an OpenAPI file has them, written from the vendor's document. */

// biome-ignore lint/suspicious/noExplicitAny: tests reach into the file and change it anywhere
export type OpenApiFile = any;

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const inPath = (name: string, type = 'integer') => ({ name, in: 'path', required: true, schema: { type } });
const text = { type: 'string' };
const integer = { type: 'integer', format: 'int32' };
const float = { type: 'number', format: 'float' };
const dateTime = { type: 'string', format: 'date-time' };

const returnReason = {
  type: 'string',
  enum: [
    'color',
    'too_small',
    'too_big',
    'broken',
    'style',
    'not_what_expected',
    'changed_my_mind',
    'other_good_condition',
    'other_bad_condition',
    'no_reason',
    'wrong_item',
  ],
};

const customer = {
  username: text,
  firstName: text,
  lastName: text,
  email: { type: 'string', format: 'email' },
  phone: text,
  language: text,
};

const schemas = {
  Address: {
    type: 'object',
    properties: { street: text, houseNr: text, city: text, postalCode: text, country: text },
  },
  CustomerRequest: {
    type: 'object',
    required: ['email', 'lastName', 'address'],
    properties: { ...customer, customerStatus: integer, address: ref('Address') },
  },
  CustomerResponse: {
    type: 'object',
    properties: { id: integer, ...customer, customerStatus: integer, addressId: integer },
  },
  ListingRequest: {
    type: 'object',
    required: ['sku', 'productId', 'listingWebshopOrderId', 'returnReason', 'originalPrice', 'customer'],
    properties: {
      sku: text,
      productId: text,
      listingWebshopOrderId: text,
      returnReason,
      returnReasonComment: text,
      originalPrice: { type: 'number' },
      quantity: { type: 'integer' },
      maxQuantity: { type: 'integer' },
      customer: ref('CustomerRequest'),
    },
  },
  Listing: {
    type: 'object',
    properties: {
      id: integer,
      sku: text,
      productId: text,
      categoryId: integer,
      receiverId: integer,
      senderId: integer,
      discountPercentage: float,
      discountValue: float,
      discountCurrency: text,
      carbonEmissionSavingPercentage: float,
      carbonEmissionSavingKilograms: float,
      matchingDeadline: dateTime,
      status: { type: 'string', description: 'return status' },
      createdAt: dateTime,
      updatedAt: dateTime,
      originalPrice: float,
      kilometersSaved: float,
      returnReason,
      returnReasonComment: text,
      sender: ref('CustomerResponse'),
      receiver: { allOf: [ref('CustomerResponse')], nullable: true },
    },
  },
  Shipment: {
    type: 'object',
    properties: {
      id: integer,
      status: {
        type: 'string',
        enum: [
          'Labelled - when label is generated',
          'Shipped - when it was handed in to the carrier',
          'Completed - when it was delivered',
          'Cancelled - when it was canceled, or the return deadline has passed',
        ],
      },
      orderId: integer,
      createdAt: dateTime,
      updatedAt: dateTime,
      label: text,
      carrierName: text,
      warehouseId: integer,
      labelType: { type: 'string', enum: ['QR', 'Barcode'] },
      warehouse: { type: 'object' },
      order: { type: 'object' },
    },
  },
};

const paths = {
  '/listings': {
    post: {
      summary: 'Create a new listing',
      requestBody: json(ref('ListingRequest')),
      responses: { 201: json(ref('Listing')) },
    },
  },
  '/listings/all': {
    get: {
      summary: 'Get all listings that have ever been listed.',
      parameters: [
        { name: 'ids', in: 'query', schema: { type: 'array', items: integer } },
        { name: 'listingWebshopOrderId', in: 'query', schema: text },
      ],
      responses: { 200: json({ type: 'array', items: ref('Listing') }) },
    },
  },
  '/listings/{id}': {
    parameters: [inPath('id')],
    put: {
      summary: 'Update a specific listing.',
      requestBody: json({
        type: 'object',
        properties: {
          originalPrice: { ...float, nullable: true },
          status: { type: 'string', nullable: true, enum: ['Available', 'Pending'] },
          lastUpdateDiscount: { ...dateTime, nullable: true },
          discountValue: { ...float, nullable: true },
          discountPercentage: { type: ['number', 'null'] },
          discountCurrency: { type: 'string', nullable: true },
        },
      }),
      responses: { 200: json(ref('Listing')) },
    },
  },
  '/listings/cancel/{listingId}': {
    put: {
      summary: 'Cancel a listing with the given Id',
      parameters: [inPath('listingId')],
      requestBody: json({
        type: 'object',
        properties: {
          cancelReason: {
            type: 'string',
            enum: [
              'NOT_DELIVERED_BY_CARRIER',
              'CUSTOMER_BANNED',
              'MATCHING_PERIOD_PASSED',
              'RETURN_DEADLINE_PASSED',
              'USER_CANCELLED',
            ],
          },
        },
      }),
      responses: { 200: json(ref('Listing')) },
    },
  },
  '/shipments/{shipmentId}/feedback': {
    put: {
      summary: 'Set feedback for a shipment',
      parameters: [inPath('shipmentId', 'string')],
      requestBody: json({
        type: 'object',
        properties: { feedback: { type: 'integer', minimum: 0, maximum: 2 } },
      }),
      responses: { 200: json(ref('Shipment')) },
    },
  },
  '/warehouse/{id}': {
    delete: {
      summary: 'Delete warehouse',
      parameters: [inPath('id', 'string')],
      responses: { 200: { description: 'Gone' } },
    },
  },
};

/** A file that says of these operations what the document says; `change` seeds a difference. */
export function openApiFile(change: (file: OpenApiFile) => void = () => undefined): string {
  const file = structuredClone({
    openapi: '3.0.0',
    info: { title: 'ItGoesForward', version: '0.34.0' },
    servers: [{ url: 'https://api.itgoesforward.com/api/v1/' }],
    paths,
    components: { schemas },
  });
  change(file);
  return JSON.stringify(file);
}

/** How many operations the file has. */
export const operationsInFile = 6;
