import { type GatewayRequest, httpEvent, isTextType } from '../../../infra/local/http-payload.ts';

const event = (request: Partial<GatewayRequest> = {}) =>
  httpEvent({
    method: 'POST',
    target: '/sender/v1/thing',
    headers: { 'content-type': 'application/json', 'user-agent': 'curl/8' },
    body: Buffer.from('{"a":"é"}'),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
    requestId: 'id-1',
    routeKey: 'POST /sender/v1/thing',
    pathParameters: {},
    receivedAt: Date.UTC(2026, 0, 1),
    ...request,
  });

describe('the event of an HTTP API, payload format 2.0', () => {
  test('has the request in API Gateway’s format', () => {
    expect(event()).toEqual({
      version: '2.0',
      routeKey: 'POST /sender/v1/thing',
      rawPath: '/sender/v1/thing',
      rawQueryString: '',
      headers: { 'content-type': 'application/json', 'user-agent': 'curl/8' },
      requestContext: expect.objectContaining({
        http: {
          method: 'POST',
          path: '/sender/v1/thing',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'curl/8',
        },
        requestId: 'id-1',
        routeKey: 'POST /sender/v1/thing',
        stage: '$default',
        timeEpoch: Date.UTC(2026, 0, 1),
      }),
      body: '{"a":"é"}',
      isBase64Encoded: false,
    });
  });

  test('joins repeated headers and query values by a comma', () => {
    const { headers, queryStringParameters, rawQueryString } = event({
      target: '/x?a=1&a=2&b=%20',
      headers: { 'x-list': ['1', '2'] } as unknown as GatewayRequest['headers'],
    });
    expect(headers).toEqual({ 'x-list': '1,2' });
    expect(queryStringParameters).toEqual({ a: '1,2', b: ' ' });
    expect(rawQueryString).toBe('a=1&a=2&b=%20');
  });

  test('has cookies apart from the headers', () => {
    const { headers, cookies } = event({ headers: { cookie: 'a=1; b=2', host: 'x' } });
    expect(headers).toEqual({ host: 'x' });
    expect(cookies).toEqual(['a=1', 'b=2']);
  });

  test('has the parameters of the path', () => {
    expect(event({ pathParameters: { token: 't' } })).toMatchObject({ pathParameters: { token: 't' } });
  });

  test('has no body where none was sent', () => {
    expect(event({ body: Buffer.alloc(0) })).not.toHaveProperty('body');
    expect(event({ body: Buffer.alloc(0), headers: {} })).toMatchObject({ isBase64Encoded: false });
  });

  test('encodes what is not text', () => {
    const headers = { 'content-type': 'application/octet-stream' };
    expect(event({ headers, body: Buffer.from([0xff, 0]) })).toMatchObject({
      body: '/wA=',
      isBase64Encoded: true,
    });
  });

  test('encodes what has an encoding of its own', () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect(event({ headers, body: Buffer.from([0x1f, 0x8b]) })).toMatchObject({
      body: 'H4s=',
      isBase64Encoded: true,
    });
  });
});

test.each<[string, Record<string, string>, Buffer]>([
  ['an encoded body', { 'content-encoding': 'gzip' }, Buffer.from('{}')],
  ['a body that is not UTF-8', {}, Buffer.from('{"a":"\xe8"}', 'latin1')],
])('%s is passed in base64, whatever its type', (_what, headers, body) => {
  const read = event({ headers: { 'content-type': 'application/json', ...headers }, body });
  expect(read).toMatchObject({ isBase64Encoded: true, body: body.toString('base64') });
});

describe('text', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'text/plain',
    'text/csv;x=y',
    'application/xml',
    'application/javascript',
    'application/problem+json',
    'application/vnd.api+xml',
  ])('is %s', (type) => {
    expect(isTextType(type)).toBe(true);
  });

  test.each([
    undefined,
    '',
    'application/x-www-form-urlencoded',
    'image/png',
    'application/jsonp',
    'xtext/plain',
  ])('is not %s', (type) => {
    expect(isTextType(type)).toBe(false);
  });
});
