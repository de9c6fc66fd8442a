import { aCustomer, aListing, anAddress, apiKey, igf } from './igf.ts';

const { call, control, list, buy, label } = igf();

/** The pages that IGF's mails link to. */
const links = Object.fromEntries(
  [
    'packageReceived',
    'returnCancelled',
    'returnDeadline',
    'matchMade',
    'matchDeadline',
    'forwardRegistered',
  ].map((mail) => [`${mail}Link`, expect.stringMatching(/^https:\/\/shop\.example\/./)]),
);

describe('the retailer', () => {
  const config = async () => (await call('GET', '/retailer')).body;

  test('is shown as the one row of its table', async () => {
    expect(await config()).toEqual([
      {
        id: 1,
        name: 'A retailer',
        matchingPeriod: 14,
        handinPeriod: 7,
        whitelist: [],
        blacklist: [],
        bannedEmails: [],
        discountsEnabled: true,
        countries: ['NL', 'BE', 'DE', 'AT', 'FR'],
        ...links,
      },
    ]);
  });

  test('is updated in the given fields, and keeps the others', async () => {
    const [before] = await config();
    const change = {
      matchingPeriod: 3,
      whitelist: ['a'],
      packageReceivedLink: 'https://example.com/received',
      averageSavingsKilometers: 1.5,
      postmarkApiKey: 'a-mail-key',
      fromEmail: 'shop@example.com',
    };
    expect(await call('PUT', '/retailer', change)).toMatchObject({
      status: 200,
      body: { ...before, ...change },
    });
    expect(await config()).toEqual([{ ...before, ...change }]);
    expect((await list()).matchingDeadline).toBe('2025-03-04T10:00:00.000Z');
  });

  test.each([
    ['matchingPeriod', 1.5],
    ['handinPeriod', -1],
    ['bannedEmails', 'jan@example.com'],
    ['discountsEnabled', 'yes'],
    ['name', null],
  ])('refuses the %s %j', async (field, value) => {
    expect(await call('PUT', '/retailer', { [field]: value })).toMatchObject({
      status: 400,
      body: { details: [{ path: field }] },
    });
  });

  test('refuses a country that is no code', async () => {
    expect((await call('PUT', '/retailer', { countries: ['Nederland'] })).status).toBe(400);
  });

  test('takes listings from its countries only', async () => {
    await call('PUT', '/retailer', { countries: ['BE'] });
    expect(await call('POST', '/listings', aListing())).toMatchObject({
      status: 400,
      body: { message: 'The retailer does not operate in NL' },
    });
    expect((await list({ customer: aCustomer({ address: anAddress({ country: 'BE' }) }) })).id).toBe(1);
  });

  test('gives no discount while discounts are disabled', async () => {
    await list();
    const discount = async () => {
      const { discountPercentage, discountValue } = (await call('GET', '/listings/1')).body;
      return [discountPercentage, discountValue];
    };
    expect((await call('PUT', '/retailer/discount/disable')).status).toBe(204);
    expect(await discount()).toEqual([0, 0]);
    expect((await config())[0].discountsEnabled).toBe(false);
    expect((await call('PUT', '/retailer/discount/enable')).status).toBe(204);
    expect(await discount()).toEqual([10, 27]);
  });
});

describe('the key of the tenant', () => {
  const withKey = (key: string) => call('GET', '/info', undefined, { headers: { 'api-key': key } });

  test('is the new one from the next call on', async () => {
    expect(await call('PUT', '/tenant/apiKey', { apiKey: 'b-key' })).toMatchObject({
      status: 200,
      body: { apiKey: 'b-key', id: 1 },
    });
    expect((await withKey(apiKey)).status).toBe(401);
    expect((await withKey('b-key')).status).toBe(200);
  });

  test('is the first one again after a reset', async () => {
    await call('PUT', '/tenant/apiKey', { apiKey: 'b-key' });
    await control('DELETE', '');
    expect((await withKey(apiKey)).status).toBe(200);
  });

  test.each([{}, { apiKey: '' }, { apiKey: 'two words' }])('can not be %j', async (body) => {
    expect((await call('PUT', '/tenant/apiKey', body)).status).toBe(400);
    expect((await withKey(apiKey)).status).toBe(200);
  });
});

describe('the information about the tenant', () => {
  test('counts the tenant’s objects and names the periods', async () => {
    await list();
    await list();
    await list();
    await buy();
    await buy({ listingId: 2 });
    await label();
    expect((await call('GET', '/info')).body).toEqual({
      Name: 'tenant_database_name',
      'Number of listings': 3,
      'Number of orders': 2,
      'Number of shipments': 1,
      'Handin Period': '2025-03-01 to 2025-03-08',
      'Matching Period': '2025-03-01 to 2025-03-15',
    });
  });
});

describe('checking whether items can be forwarded', () => {
  const check = async (body: object) => (await call('POST', '/info/forwardable', body)).body;
  const item = { sku: 'sku123', productId: 'product123' };

  test('answers one item as the document shows it', async () => {
    expect(await check({ items: [item], webshopOrderId: 123, address: anAddress() })).toEqual({
      ...item,
      status: 'Available',
    });
  });

  test('answers several as a list', async () => {
    expect(await check({ items: [item, { sku: 'b' }], webshopOrderId: 'W-1' })).toEqual([
      { ...item, status: 'Available' },
      { sku: 'b', status: 'Available' },
    ]);
    expect(await check({})).toEqual([]);
  });

  test('are unavailable outside the countries of the retailer', async () => {
    expect(await check({ items: [item], address: anAddress({ country: 'ES' }) })).toMatchObject({
      status: 'Unavailable',
    });
  });

  test.each(['sku123', 'product123'])('are unavailable when %s is on the blacklist', async (name) => {
    await call('PUT', '/retailer', { blacklist: [name] });
    const answers = await check({ items: [item, { sku: 'b' }] });
    expect(answers.map(({ status }: { status: string }) => status)).toEqual(['Unavailable', 'Available']);
  });

  test('refuses items without a sku', async () => {
    expect((await call('POST', '/info/forwardable', { items: [{}] })).status).toBe(400);
  });
});

describe('discount ranges', () => {
  const ranges = [
    { minPrice: 0, maxPrice: 50, maxDiscount: 5 },
    { minPrice: 50, maxPrice: 100.5, maxDiscount: 10 },
  ];
  const replace = (body: unknown) => call('PUT', '/discount', body);

  test('replace all that were there before, and are shown in order', async () => {
    expect((await call('GET', '/discount')).body).toEqual([]);
    await replace([{ minPrice: 7, maxPrice: 8, maxDiscount: 1 }]);
    expect(await replace(ranges.toReversed())).toMatchObject({ status: 200, body: ranges });
    expect((await call('GET', '/discount')).body).toEqual(ranges);
  });

  test.each([
    ['a gap', [{ minPrice: 0, maxPrice: 49, maxDiscount: 5 }, ranges[1]]],
    ['an overlap', [{ minPrice: 0, maxPrice: 51, maxDiscount: 5 }, ranges[1]]],
    ['a range that ends before it begins', [{ minPrice: 5, maxPrice: 5, maxDiscount: 5 }]],
    ['a range without a discount', [{ minPrice: 0, maxPrice: 5 }]],
    ['an object', ranges[0]],
  ])('are refused with %s, and stay as they were', async (_what, body) => {
    await replace(ranges);
    expect(await replace(body)).toMatchObject({ status: 400, body: { errorCode: 'E1000' } });
    expect((await call('GET', '/discount')).body).toEqual(ranges);
  });
});
