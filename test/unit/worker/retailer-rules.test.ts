import { emailHash, type RetailerRules, ruledOut } from '../../../lib/returns/retailer-rules.ts';
import { cachedRules, rulesMaxAgeMs } from '../../../lib/table/bridge-state.ts';
import { address, openingFact, shipmentFact } from '../../support/builders.ts';
import { logged, workplace } from './workplace.ts';

const lines = logged();
const rules = (overrides: Partial<RetailerRules> = {}): RetailerRules => ({
  countries: ['NL', 'BE'],
  bannedEmailHashes: [],
  readAt: '2024-03-11T12:00:00.000Z',
  ...overrides,
});
const banned = 'Jan.Jansen@Example.com ';

describe('the retailer’s configuration at IGF', () => {
  test.each([
    ['a country that it names', rules(), address(), undefined],
    ['a country that it does not name', rules(), address({ country: 'FR' }), /country \(FR\).*retailer/],
    ['any country when it names none', rules({ countries: [] }), address({ country: 'FR' }), undefined],
    ['a customer whose country is not known', rules(), address({ country: undefined }), undefined],
    ['a banned customer', rules({ bannedEmailHashes: [emailHash(banned)] }), address(), /banned/],
    ['another customer', rules({ bannedEmailHashes: [emailHash('a@b.nl')] }), address(), undefined],
    ['anybody while it is not known', undefined, address({ country: 'FR' }), undefined],
  ])('for %s', (_what, given, sender, why) => {
    const verdict = ruledOut(given, sender);
    if (why) expect(verdict).toMatch(why);
    else expect(verdict).toBeUndefined();
    expect(verdict ?? '').not.toContain('@');
  });

  async function decidedBy(given: RetailerRules | undefined, country = 'FR') {
    const facts = [openingFact(), shipmentFact({ address: address({ country }) })];
    const { dependencies, item, work } = workplace({ facts });
    dependencies.retailer = async () => given;
    await work();
    return item();
  }

  test('excludes a return from another country, and does not exclude others', async () => {
    expect(await decidedBy(rules())).toMatchObject({
      state: 'NotForwardable',
      why: expect.stringContaining('not among the retailer'),
    });
    expect(await decidedBy(rules({ bannedEmailHashes: [emailHash(banned)] }), 'NL')).toMatchObject({
      state: 'NotForwardable',
      why: 'The normal return goes on: the retailer has banned the customer at ItGoesForward.',
    });
    expect(await decidedBy(rules(), 'NL')).toMatchObject({ state: 'Listed' });
    expect(await decidedBy(undefined)).toMatchObject({ state: 'Listed' });
  });
});

describe('a worker', () => {
  function reading(...answers: (() => RetailerRules | undefined)[]) {
    const clock = { now: 0, reads: 0 };
    const readRetailer = async () => {
      clock.reads += 1;
      const answer = answers.shift();
      if (!answer) throw new Error('The table does not answer.');
      return answer();
    };
    return { clock, current: cachedRules({ readRetailer }, () => clock.now) };
  }

  test('reads the rules once in ten minutes, also when there are none or many messages at once', async () => {
    const { clock, current } = reading(
      () => undefined,
      () => rules(),
    );
    expect(await Promise.all([current(), current(), current()])).toEqual([undefined, undefined, undefined]);
    clock.now = rulesMaxAgeMs - 1;
    expect(await current()).toBeUndefined();
    expect(clock.reads).toBe(1);
    clock.now = rulesMaxAgeMs;
    expect(await current()).toEqual(rules());
    expect(clock.reads).toBe(2);
  });

  test('continues with the last known rules, or without rules, when they can not be read', async () => {
    const { clock, current } = reading(() => rules());
    await current();
    clock.now = rulesMaxAgeMs;
    expect(await current()).toEqual(rules());
    expect(await reading().current()).toBeUndefined();
    expect(lines).toContainEqual({ step: 'retailer-not-read', reason: 'Error' });
  });
});
