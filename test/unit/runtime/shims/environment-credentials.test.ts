import { defaultProvider } from '../../../../lib/runtime/shims/environment-credentials.ts';

const before = { ...process.env };
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
});
afterEach(() => {
  process.env = { ...before };
});

test('signs with the credentials in Lambda’s environment', async () => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'an-id',
    AWS_SECRET_ACCESS_KEY: 'a-key',
    AWS_SESSION_TOKEN: 'a-token',
  });

  await expect(defaultProvider()()).resolves.toEqual({
    accessKeyId: 'an-id',
    secretAccessKey: 'a-key',
    sessionToken: 'a-token',
  });
});

test('has no session token when there is none, because AWS would refuse an empty one', async () => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'an-id',
    AWS_SECRET_ACCESS_KEY: 'a-key',
    AWS_SESSION_TOKEN: '',
  });

  await expect(defaultProvider()()).resolves.toEqual({ accessKeyId: 'an-id', secretAccessKey: 'a-key' });
});

test.each([[{ AWS_ACCESS_KEY_ID: 'an-id' }], [{ AWS_SECRET_ACCESS_KEY: 'a-key' }], [{}]])(
  'names the missing variables, without values: %j',
  async (environment) => {
    Object.assign(process.env, environment);

    await expect(defaultProvider()()).rejects.toThrow(
      'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set',
    );
  },
);
