import { refreshRules } from '../../../lib/reconciler/igf-account.ts';
import { emailHash } from '../../../lib/returns/retailer-rules.ts';
import { inMemoryTable } from '../../support/doubles/in-memory-table.ts';
import { logged } from '../worker/workplace.ts';

const lines = logged();
const banned = 'Jan.Jansen@Example.com ';

describe('refreshing the rules', () => {
  const now = () => Date.parse('2024-03-11T12:00:00.000Z');

  test('stores IGF’s configuration, without email addresses', async () => {
    const table = inMemoryTable();
    const config = {
      countries: ['nl'],
      bannedEmails: [banned],
      whitelist: ['sku-1'],
      blacklist: null,
      postmarkApiKey: 'secret',
    };
    await expect(refreshRules({ get: async () => [config] }, table, now)).resolves.toBe('refreshed');
    expect(table.retailer()).toEqual({
      countries: ['NL'],
      bannedEmailHashes: [emailHash(banned)],
      whitelist: ['sku-1'],
      blacklist: [],
      readAt: '2024-03-11T12:00:00.000Z',
    });
    expect(JSON.stringify([table.retailer(), lines])).not.toMatch(/@|secret/);
  });

  test('changes nothing when IGF does not answer, or has no retailer', async () => {
    const table = inMemoryTable();
    const get = () => Promise.reject(new Error('down'));
    await expect(refreshRules({ get }, table, now)).resolves.toBe('failed');
    await expect(refreshRules({ get: async () => [] }, table, now)).resolves.toBe('failed');
    expect(table.retailer()).toBeUndefined();
  });
});
