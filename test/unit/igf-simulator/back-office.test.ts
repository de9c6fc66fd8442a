import { aRegularReturn, aWarehouse, igf } from './igf.ts';

const { call, clock } = igf();

describe('warehouses', () => {
  const employee = {
    responsibleEmployeeLastname: 'Tester',
    responsibleEmployeeFirstname: 'Filip',
    responsibleEmployeeEmail: 'filip@example.com',
  };

  test('are shown as the document does, by id, all of them and all of the retailer', async () => {
    const request = aWarehouse({ address: '123 Warehouse Lane', ...employee });
    const shown = { id: 1, ...request, country: 'NL', retailerId: 1, type: null };
    expect(await call('POST', '/warehouse', request)).toMatchObject({ status: 201, body: shown });
    const { body: second } = await call(
      'POST',
      '/warehouse',
      aWarehouse({ name: 'The second', type: 'Returns' }),
    );
    expect(second).toMatchObject({ id: 2, type: 'Returns' });

    expect((await call('GET', '/warehouse/1')).body).toEqual(shown);
    expect((await call('GET', '/warehouse')).body).toEqual([shown, second]);
    expect((await call('GET', '/warehouse/retailer')).body).toEqual([shown, second]);
  });

  test('are replaced and deleted', async () => {
    await call('POST', '/warehouse', aWarehouse({ ...employee }));
    const { body } = await call('PUT', '/warehouse/1', aWarehouse({ city: 'Utrecht' }));
    expect(body).toMatchObject({ id: 1, city: 'Utrecht' });
    expect(body.responsibleEmployeeEmail).toBeUndefined();
    expect((await call('DELETE', '/warehouse/1')).status).toBe(204);
    expect((await call('GET', '/warehouse')).body).toEqual([]);
  });

  test.each(['name', 'postalCode', 'city', 'countryCode', 'houseNumber', 'street'])(
    'are refused without %s',
    async (field) => {
      await call('POST', '/warehouse', aWarehouse());
      for (const [method, path] of [
        ['POST', '/warehouse'],
        ['PUT', '/warehouse/1'],
      ] as const) {
        expect(await call(method, path, aWarehouse({ [field]: undefined }))).toMatchObject({
          status: 400,
          body: { details: [{ path: field }] },
        });
      }
    },
  );

  test.each(['GET', 'PUT', 'DELETE'])('that do not exist are answered 404 by %s', async (method) => {
    expect((await call(method, '/warehouse/7')).status).toBe(404);
  });
});

describe('carrier contracts', () => {
  const create = async (name: string, data: unknown = {}) =>
    call('POST', '/carrier-contracts', { name, data });
  const all = async () => (await call('GET', '/carrier-contracts')).body;

  test('are created, shown and deleted', async () => {
    const shown = { id: 1, data: { customerCode: 'DEVC' }, name: 'PostNL', retailerId: 1 };
    expect(await create('PostNL', { customerCode: 'DEVC' })).toMatchObject({ status: 201, body: shown });
    expect((await call('GET', '/carrier-contracts/1')).body).toEqual(shown);
    expect(await call('DELETE', '/carrier-contracts/1')).toMatchObject({ status: 200, body: shown });
    expect(await all()).toEqual([]);
  });

  test('replace the one of the same name', async () => {
    await create('PostNL', { a: 1 });
    await create('TestCarrier');
    await create('PostNL', { a: 2 });
    expect(await all()).toMatchObject([
      { id: 2, name: 'TestCarrier' },
      { id: 3, name: 'PostNL', data: { a: 2 } },
    ]);
  });

  test('change their data and keep their name', async () => {
    await create('PostNL', { a: 1, b: 2 });
    const change = { data: { a: 3 }, name: 'TestCarrier', retailerId: 9 };
    expect((await call('PUT', '/carrier-contracts/1', change)).body).toEqual({
      id: 1,
      data: { a: 3 },
      name: 'PostNL',
      retailerId: 1,
    });
    expect(await all()).toMatchObject([{ data: { a: 3 } }]);
  });

  test.each([
    ['name', { name: 'UPS', data: {} }],
    ['data', { name: 'PostNL', data: 'text' }],
    ['data', { name: 'PostNL' }],
  ])('are refused when %s is not as documented (%j)', async (path, body) => {
    expect(await call('POST', '/carrier-contracts', body)).toMatchObject({
      status: 400,
      body: { details: [{ path }] },
    });
  });

  test('have JSON schemas of the real carriers', async () => {
    const { body } = await call('GET', '/carrier-contracts/schemas');
    expect(body.map(({ title }: { title: string }) => title)).toEqual(['PostNL', 'DHL_eCommerce_Benelux']);
  });

  test.each(['GET', 'PUT', 'DELETE'])('that do not exist are answered 404 by %s', async (method) => {
    expect(
      (await call(method, '/carrier-contracts/7', method === 'PUT' ? { data: {} } : undefined)).status,
    ).toBe(404);
  });
});

describe('regular returns', () => {
  const create = (change: object = {}) => call('POST', '/returns', aRegularReturn(change));

  test('need a warehouse', async () => {
    expect(await create()).toMatchObject({
      status: 400,
      body: { message: 'The tenant does not have a warehouse set up' },
    });
    expect((await call('GET', '/customer/1')).status).toBe(404);
  });

  describe('with a warehouse', () => {
    beforeEach(() => call('POST', '/warehouse', aWarehouse()));

    test('are created with their products', async () => {
      const shown = {
        id: 1,
        webshopOrderId: '000000549',
        createdAt: '2025-03-01T10:00:00.000Z',
        products: [
          { id: 1, sku: 'a', size: 'L' },
          { id: 2, sku: 'b' },
        ],
      };
      expect(await create({ products: [{ sku: 'a', size: 'L' }, { sku: 'b' }] })).toMatchObject({
        status: 201,
        body: shown,
      });
      expect((await call('GET', '/returns/000000549')).body).toEqual(shown);
      expect((await call('GET', '/returns')).body).toEqual([shown]);
      expect((await call('GET', '/customer/1')).body.email).toBe('jan@example.com');
    });

    test('are found by their webshop order, the newest first', async () => {
      await create();
      await create({ webshopOrderId: 'another' });
      clock.now += 60_000;
      await create();
      expect((await call('GET', '/returns/000000549')).body).toMatchObject({ id: 3, products: [{ id: 3 }] });
      expect((await call('GET', '/returns/nothing')).status).toBe(404);
    });

    test('are deleted by id', async () => {
      await create();
      expect(await call('DELETE', '/returns/1')).toMatchObject({
        status: 200,
        body: { id: 1, products: [{ id: 1 }] },
      });
      expect((await call('GET', '/returns')).body).toEqual([]);
    });

    test.each(['7', 'x'])('are answered 400 when the tenant has no return %s', async (id) => {
      expect((await call('DELETE', `/returns/${id}`)).status).toBe(400);
    });

    test.each([
      ['webshopOrderId', { webshopOrderId: undefined }],
      ['products', { products: [] }],
      ['products.0.sku', { products: [{}] }],
      ['customer', { customer: undefined }],
    ])('are refused when %s is not as documented', async (path, change) => {
      expect(await create(change)).toMatchObject({ status: 400, body: { details: [{ path }] } });
    });
  });
});
