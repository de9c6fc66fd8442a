import fc from 'fast-check';
import { IgfRejectedError } from '../../../lib/igf/errors.ts';
import { refusalReasons } from '../../../lib/igf/refusal-reasons.ts';

const address = {
  street: 'Kastanjelaan',
  houseNr: '8',
  postalCode: '3511 AA',
  city: 'Utrecht',
  country: 'NL',
};
const customer = { email: 'noor.dewit@example.com', firstName: 'Noor', lastName: 'de Wit', address };
const body = {
  sku: 'sku-90',
  returnReason: 'too_small',
  returnReasonComment: 'Te klein voor Tante Bep [R1/1]',
  originalPrice: 270,
  quantity: 1,
  customer,
};
const reasons = (answer: unknown) => refusalReasons(answer, { body });

test.each<[string, unknown, string[], string[]]>([
  ['no details', undefined, [], []],
  ['a text', 'The listing is blocked.', [], ['The listing is blocked']],
  ['texts', ['sku is blocked', 'sku is unknown'], [], ['sku is blocked', 'sku is unknown']],
  [
    'paths with texts',
    [{ path: 'customer.address.houseNumber', message: 'is required' }],
    ['customer.address.houseNumber'],
    ['customer.address.houseNumber: is required'],
  ],
  [
    'paths as lists, such as zod’s',
    { issues: [{ code: 'invalid_type', path: ['products', 0, 'sku'], message: 'Required' }] },
    ['products.0.sku'],
    ['products.0.sku: Required'],
  ],
  [
    'JSON pointers, such as ajv’s',
    [{ instancePath: '/customer/address', message: "must have required property 'region'" }],
    ['customer.address'],
    ["customer.address: must have required property 'region'"],
  ],
  [
    'properties with constraints, such as class-validator’s',
    [
      {
        property: 'customer',
        target: customer,
        value: customer,
        children: [
          { property: 'phone', value: '', constraints: { isPhone: 'phone must be a phone number' } },
        ],
      },
    ],
    ['customer', 'customer.phone'],
    ['customer', 'customer.phone: phone must be a phone number'],
  ],
  [
    'texts by field',
    { fieldErrors: { originalPrice: ['must be positive'] }, formErrors: [] },
    ['originalPrice'],
    ['originalPrice: must be positive'],
  ],
  [
    'nested fields',
    { customer: { address: { postalCode: 'is no postcode' } } },
    ['customer.address.postalCode'],
    ['customer.address.postalCode: is no postcode'],
  ],
])('reads details that are %s', (_what, details, paths, texts) => {
  expect(reasons({ errorCode: 'E1000', details })).toEqual({ errorCode: 'E1000', paths, texts });
});

test('keeps IGF’s message, and several messages', () => {
  expect(reasons({ message: 'Validation Error has occurred' }).texts).toEqual([
    'Validation Error has occurred',
  ]);
  expect(reasons({ message: ['phone must be a phone number'] }).texts).toEqual([
    'phone must be a phone number',
  ]);
});

test.each([
  'noor.dewit@example.com is banned',
  'NOOR.DEWIT@EXAMPLE.COM is banned',
  'The customer Noor is banned',
  'The customer wit, n. is banned',
  'els@example.nl has this address',
  'No such postcode: 3511AA',
  'No such postcode: 3511-aa',
  'The street kästanjelaan has no such number',
  'There is no number 8 in this street',
  'The retailer does not operate in NL',
  'We do not understand "Tante Bep"',
  'sku-90 is blocked',
  'A price of 270.00 is too high',
])('leaves out a text that repeats a value of the request: %s', (text) => {
  const answer = { errorCode: 'E1000', message: text, details: [{ path: 'customer.email', message: text }] };
  expect(reasons(answer)).toEqual({
    errorCode: 'E1000',
    paths: ['customer.email'],
    texts: ['customer.email'],
  });
});

test.each([
  { path: 'Noor', message: 'is banned' },
  { path: 'noor.dewit@example.com', message: 'is banned' },
  { path: 'Kastanjelaan 8', message: 'is banned' },
])('leaves out a path that repeats a value or is none: $path', (detail) => {
  expect(reasons({ details: [detail] })).toMatchObject({ paths: [], texts: ['is banned'] });
});

test('an id in the path of a call is IGF’s own, a text in it is not', () => {
  const answer = { message: 'Listing 7 is shipped' };
  expect(refusalReasons(answer, { parameters: { listingId: 7 } }).texts).toEqual(['Listing 7 is shipped']);
  expect(refusalReasons(answer, { parameters: { email: 'shipped' } }).texts).toEqual([]);
});

test.each([undefined, null, 'oops', 7, [], { errorCode: 7 }, { errorCode: 'no code' }, { details: 7 }])(
  'reads nothing in the body %j',
  (answer) => {
    expect(reasons(answer)).toEqual({ errorCode: undefined, paths: [], texts: [] });
  },
);

// Quadratic time would be minutes here.
test.each(['.', ' .', '/', '[]'])('reads a text of %j without end at once', (part) => {
  expect(reasons(`${part.repeat(250_000)}x`).texts).toEqual([]);
  expect(reasons({ path: `${part.repeat(250_000)}x`, message: 'is wrong' }).texts).toEqual(['is wrong']);
});

test('is short, whatever IGF answers, and repeats nothing of the customer', () => {
  const word = fc.oneof(
    fc.constantFrom('Noor', 'de Wit', 'noor.dewit@example.com', '3511AA', 'Utrecht', 'Kastanjelaan'),
    fc.string({ maxLength: 500 }),
    fc.constantFrom('path', 'message', 'details', 'errors', 'customer'),
  );
  const json = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      word,
      fc.integer(),
      fc.array(tie('any'), { maxLength: 5 }),
      fc.dictionary(word, tie('any'), { maxKeys: 5 }),
    ),
  })).any;
  fc.assert(
    fc.property(json, json, (message, details) => {
      const { errorCode, ...said } = reasons({ message, details });
      const { message: text } = new IgfRejectedError('POST /listings', 400, errorCode, said);
      expect(text.length).toBeLessThan(400);
      expect(text).not.toMatch(/noor|wit\b|3511|utrecht|kastanje|@|[\n\r\0]/i);
    }),
  );
});
