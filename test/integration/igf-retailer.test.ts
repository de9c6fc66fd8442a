import { eachSubscription } from '../support/each-subscription.ts';

const { ops, call } = eachSubscription();

describe('igf retailer', () => {
  test('shows the rules of the retailer and its lists, and no banned email', async () => {
    await call('PUT', '/retailer', {
      countries: ['NL', 'BE'],
      blacklist: ['sku-1'],
      bannedEmails: ['banned@example.com'],
    });
    const { code, output } = await ops('igf retailer');
    expect(code).toBe(0);
    expect(output).toMatch(/countries +NL, BE/);
    expect(output).toMatch(/banned emails +1 /);
    expect(output).toMatch(/blacklist +sku-1/);
    expect(output).not.toContain('banned@example.com');
  });

  test('shows the six pages that IGF’s mails link to, and which are not set', async () => {
    await call('PUT', '/retailer', {
      packageReceivedLink: 'https://shop.example/feedback',
      returnCancelledLink: 'https://shop.example/label',
      matchMadeLink: '',
    });
    const { output } = await ops('igf retailer');
    const lines = output.split('\n').slice(-7);
    expect(lines).toEqual([
      "  IGF's mails to customers link to these pages",
      '    package received        https://shop.example/feedback',
      '    return cancelled        https://shop.example/label',
      expect.stringMatching(/^ {4}return deadline passed {2}/),
      '    match made              none',
      expect.stringMatching(/^ {4}match deadline passed {3}/),
      expect.stringMatching(/^ {4}forward registered {6}/),
    ]);
  });
});
