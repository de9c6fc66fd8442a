import { type Article, articleOf } from '../../../lib/returns/article.ts';
import { isForwardable } from '../../../lib/rules/forwardable.ts';
import { address, policy, pushApiOpening, situation } from '../../support/builders.ts';

function article(overrides: Partial<Article> = {}): Article {
  const { order, item } = situation([pushApiOpening()]);
  const known = articleOf(order, item);
  if (!known) throw new Error('The article is known.');
  return { ...known, ...overrides };
}

/** The answer about the only item of an RMA, of which no other text was reported. */
const answerTo = (overrides: Partial<Article>, settings = policy(), more = {}) =>
  isForwardable(article(overrides), { policy: settings, texts: {}, itemCount: 1, ...more });

const verdict = (overrides: Partial<Article>, settings = policy()) => answerTo(overrides, settings).verdict;

test('an article without a reason against it can go to another customer', () => {
  expect(answerTo({})).toEqual({ verdict: 'yes' });
});

test.each([
  ['reason', { reason: 'broken' }],
  ['reason', { reason: 'other_bad_condition' }],
  ['reason', { reason: 'Verkeerd artikel' }],
  ['condition', { condition: 'Gedragen' }],
  ['resolution', { resolution: 'Ruilen' }],
  ['currency', { currencies: ['EUR', 'GBP'] }],
  ['price', { price: 0 }],
  ['number of units', { quantity: 2 }],
  ['number of units', { quantity: 0 }],
  ['country', { address: address({ country: 'ES' }) }],
])('an article can not go to another customer because of its %s: %j', (_what, overrides) => {
  expect(verdict(overrides as Partial<Article>)).toBe('no');
});

test.each([
  ['reason', { reason: 'mouwen te wijd' }],
  ['condition', { condition: 'een beetje los' }],
  ['resolution', { resolution: 'bel mij' }],
])('an unknown %s is not guessed', (field, overrides) => {
  expect(answerTo(overrides)).toMatchObject({ verdict: 'unknown', field });
});

test('a certain "no" comes before an unknown text', () => {
  expect(verdict({ reason: 'mouwen te wijd', condition: 'Gedragen' })).toBe('no');
  expect(verdict({ reason: 'mouwen te wijd', currencies: ['USD'] })).toBe('no');
  expect(verdict({ resolution: 'bel mij', address: address({ country: 'US' }) })).toBe('no');
});

test.each([[['EUR']], [[]]])('currencies %j are accepted', (currencies) => {
  expect(verdict({ currencies })).toBe('yes');
});

test('the policy determines the countries', () => {
  expect(verdict({ address: address({ country: 'ES' }) }, policy({ countries: ['ES'] }))).toBe('yes');
  expect(verdict({ address: address({ country: 'NL' }) }, policy({ countries: ['ES'] }))).toBe('no');
});

test.each(['Nederland', 'NLD', 'nl', 'Pays-Bas'])('the country may be written %s', (country) => {
  expect(verdict({ address: address({ country }) })).toBe('yes');
  expect(answerTo({ address: address({ country }) }, policy({ countries: ['ES'] }))).toMatchObject({
    why: expect.stringMatching(/country \(NL\)/),
  });
});

test('an unknown country excludes nothing', () => {
  expect(verdict({ address: undefined })).toBe('yes');
  expect(verdict({ address: address({ country: 'Narnia' }) })).toBe('yes');
  expect(verdict({ address: address({ country: 'UK' }) })).toBe('yes');
});

test('the reason never repeats a text of the customer', () => {
  const answer = answerTo({ condition: 'een beetje los', reason: 'broken', resolution: 'private words' });

  expect(JSON.stringify(answer)).not.toContain('private words');
});

test('the reason, which is logged, repeats a currency only if it is a code', () => {
  const odd = 'JAN@EXAMPLE.COM';
  const answer = answerTo({ currencies: [odd] });
  expect(answer.verdict).toBe('no');
  expect(JSON.stringify(answer)).not.toContain(odd);
});

test('a text that rules out another customer counts for good', () => {
  const texts = { reason: ['Beschadigd', 'Te klein'] };

  expect(answerTo({ reason: 'Te klein' }, policy(), { texts })).toMatchObject({
    verdict: 'no',
    why: expect.stringContaining('return reason'),
  });
});

test('several items of one RMA are forwarded only with forward=each-item', () => {
  const several = { itemCount: 2 };

  expect(answerTo({}, policy(), several)).toMatchObject({
    verdict: 'no',
    why: expect.stringContaining('2 items'),
  });
  expect(answerTo({}, policy({ forward: 'each-item' }), several).verdict).toBe('yes');
});
