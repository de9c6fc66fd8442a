import { addSeconds } from '../../../lib/runtime/time.ts';
import { dailyNoticeSeconds } from '../../../lib/table/bridge-state.ts';
import { deliveryRetentionSeconds } from '../../../lib/table/deliveries.ts';
import type { Mapping } from '../../../lib/table/term-mappings.ts';
import { anAttempt } from '../builders.ts';
import { aReturn, now, otherRef, ref, type TheTable, tenTimes } from './items.ts';

/**
 * What a table notes beside orders: terms, the retailer's rules, notices and deliveries.
 * @param map maps a term as an operator does
 */
export function noteContract(table: TheTable, map: (mapping: Mapping) => Promise<unknown>): void {
  describe('a term', () => {
    const term = { field: 'reason', text: 'te #wijd' } as const;

    test('is unmapped from its first note until an operator maps it', async () => {
      await table().noteUnmapped(term, now);
      await table().noteUnmapped(term, addSeconds(now, 60));
      await table().noteUnmapped({ field: 'condition', text: term.text }, now);
      const noted = await table().readUnmappedTerms();
      expect(noted).toContainEqual({ ...term, since: now });
      expect(noted).toHaveLength(2);

      expect((await table().readMappings()).reason.has(term.text)).toBe(false);
      await map({ ...term, meaning: 'too_big' });
      expect((await table().readMappings()).reason.get(term.text)).toBe('too_big');
      expect((await table().readMappings()).condition.has(term.text)).toBe(false);
      expect(await table().readUnmappedTerms()).toMatchObject([{ field: 'condition' }]);
    });

    test('has the meaning that it was given last', async () => {
      await map({ ...term, meaning: 'too_big' });
      await map({ ...term, meaning: 'too_small' });
      expect((await table().readMappings()).reason.get(term.text)).toBe('too_small');
    });

    test('has one return that gives notice of it, however often that return asks', async () => {
      await table().noteUnmapped(term, now);
      expect(await table().claimTermNotice(term, aReturn())).toBe('ours');
      expect(await table().claimTermNotice(term, otherRef)).toBe('other');
      expect(await table().claimTermNotice(term, ref)).toBe('ours');
      expect(await table().claimTermNotice({ ...term, field: 'condition' }, otherRef)).toBe('ours');
      expect(await table().readUnmappedTerms()).toEqual([{ ...term, since: now }]);
    });

    test('gets its notice from one of ten returns that claim it at once', async () => {
      await table().noteUnmapped(term, now);
      const outcomes = await tenTimes((index) =>
        table().claimTermNotice(term, { ...ref, itemId: `item-${index}` }),
      );
      expect(outcomes.filter((outcome) => outcome === 'ours')).toHaveLength(1);
    });
  });

  test('the retailer’s rules are read as they were written, and are absent before', async () => {
    const rules = { countries: ['NL'], bannedEmailHashes: ['abc'], readAt: now };
    expect(await table().readRetailer()).toBeUndefined();
    await table().writeRetailer({ ...rules, whitelist: ['sku'], blacklist: [] });
    expect(await table().readRetailer()).toEqual(rules);
  });

  test('the first delivery keeps its time', async () => {
    expect(await table().firstDelivery(now)).toBe(now);
    expect(await table().firstDelivery(addSeconds(now, 60))).toBe(now);
  });

  describe('the daily notice', () => {
    test('is claimed by one of many runs, and again on the next day', async () => {
      const outcomes = await tenTimes(() => table().claimDailyNotice(now));
      expect(outcomes.toSorted()).toEqual(['ours', ...Array(9).fill('published')]);
      expect(await table().claimDailyNotice(addSeconds(now, dailyNoticeSeconds - 1))).toBe('published');
      expect(await table().claimDailyNotice(addSeconds(now, dailyNoticeSeconds))).toBe('ours');
    });

    test('is claimed again after it could not be published', async () => {
      await table().releaseDailyNotice();
      expect(await table().claimDailyNotice(now)).toBe('ours');
      await table().releaseDailyNotice();
      expect(await table().claimDailyNotice(now)).toBe('ours');
    });

    test('says nothing about the first delivery', async () => {
      await table().claimDailyNotice(now);
      expect(await table().firstDelivery(addSeconds(now, 60))).toBe(addSeconds(now, 60));
      expect(await table().claimDailyNotice(addSeconds(now, 60))).toBe('published');
    });
  });

  test('a delivery is there from its first attempt until it expires, and is no part of its order', async () => {
    expect(await table().hasDelivery('order', 'event', now)).toBe(false);
    await table().recordDelivery(anAttempt({ outcome: 'retry', at: now }));
    expect(await table().hasDelivery('order', 'event', now)).toBe(true);
    expect(await table().hasDelivery('order', 'another', now)).toBe(false);
    expect(await table().hasDelivery('another', 'event', now)).toBe(false);
    expect(await table().hasDelivery('order', 'event', addSeconds(now, deliveryRetentionSeconds))).toBe(
      false,
    );
    expect(await table().readOrder('order')).toMatchObject({ shipments: [], rmas: [], returns: [] });
  });
}
