import { findRoute, printablePath } from '../../../infra/local/http-routes.ts';

const routes = ['POST /igf/{proxy+}', 'POST /igf/{event}/{token}', 'POST /igf/v1/ping', 'POST /a.b/v1'].map(
  (routeKey) => ({ routeKey, functionName: routeKey, timeoutMs: 1000 }),
);

const find = (method: string, path: string, among = routes) => findRoute(among, method, path);

describe('the route of a request', () => {
  test.each([
    ['POST', '/igf/v1/ping', 'POST /igf/v1/ping'],
    ['POST', '/igf/refund/abc', 'POST /igf/{event}/{token}'],
    ['POST', '/igf/refund/abc/more', 'POST /igf/{proxy+}'],
    ['POST', '/a.b/v1', 'POST /a.b/v1'],
    ['POST', '/aXb/v1', undefined],
    ['POST', '/a.b/v1/', undefined],
    ['GET', '/a.b/v1', undefined],
  ])('of %s %s is %s', (method, path, routeKey) => {
    expect(find(method, path)?.route.routeKey).toBe(routeKey);
  });

  test('has the parameters of the path', () => {
    expect(find('POST', '/igf/refund/a%20b')?.pathParameters).toEqual({ event: 'refund', token: 'a b' });
    expect(find('POST', '/igf/x/y/z')?.pathParameters).toEqual({ proxy: 'x/y/z' });
    expect(find('POST', '/igf/refund/%zz')?.pathParameters).toEqual({ event: 'refund', token: '%zz' });
  });

  test('is none where nothing matches', () => {
    expect(find('POST', '/igf//', routes.slice(1))).toBeUndefined();
    expect(find('GET', '/nowhere')).toBeUndefined();
  });
});

test.each([
  ['/igf/v1/shipped/s3cret', '/igf/v1/shipped/…'],
  ['/igf/v1/shiped/s3cret/', '/igf/v1/shiped/…/'],
  ['/igf/v1/shipped//s3cret', '/igf/v1/shipped//…'],
  ['/igf/v1/shipped', '/igf/v1/shipped'],
  ['/winkelstraat/stock-hub/v1/rmaa', '/winkelstraat/stock-hub/v1/rmaa'],
  ['/', '/'],
  ['/ifg/v1/shipped/Zx9_Zx9-Zx9_Zx9-Zx9_Zx9', '/ifg/v1/shipped/…'],
])('prints the path %s without anything that may be a secret of a route', (path, shown) => {
  const known = ['POST /igf/v1/shipped/{token}', 'POST /winkelstraat/stock-hub/v1/rma'].map((routeKey) => ({
    routeKey,
    functionName: 'fn',
    timeoutMs: 1,
  }));
  expect(printablePath(known, path)).toBe(shown);
});
