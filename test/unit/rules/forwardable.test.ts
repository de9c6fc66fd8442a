import { type Article, articleOf } from '../../../lib/returns/article.ts';
import { isForwardable } from '../../../lib/rules/forwardable.ts';
import { address, policy, pushApiOpening, situation } from '../../support/builders.ts';

function article(overrides: Partial<Article> = {}): Article {
  const { order, item } = situation([pushApiOpening()]);
  const known = articleOf(order, item);
  if (!known) throw new Error('The article is known.');
  return { ...known, ...overrides };
}

const verdict = (overrides: Partial<Article>, settings = policy()) =>
  isForwardable(article(overrides), settings).verdict;

test('an article without a reason against it can go to another customer', () => {
  expect(isForwardable(article(), policy())).toEqual({ verdict: 'yes' });
});

test.each([
  ['reason', { reason: 'broken' }],
  ['reason', { reason: 'other_bad_condition' }],
  ['reason', { reason: 'Verkeerd artikel' }],
  ['condition', { condition: 'Gedragen' }],
  ['resolution', { resolution: 'Ruilen' }],
  ['currency', { currency: 'GBP' }],
  ['country', { address: address({ country: 'ES' }) }],
])('an article can not go to another customer because of its %s: %j', (_what, overrides) => {
  expect(verdict(overrides as Partial<Article>)).toBe('no');
});

test.each([
  ['reason', { reason: 'te wijd' }],
  ['condition', { condition: 'een beetje los' }],
  ['resolution', { resolution: 'bel mij' }],
])('an unknown %s is not guessed', (field, overrides) => {
  expect(isForwardable(article(overrides), policy())).toEqual({ verdict: 'unknown', field });
});

test('a certain "no" comes before an unknown text', () => {
  expect(verdict({ reason: 'te wijd', condition: 'Gedragen' })).toBe('no');
  expect(verdict({ reason: 'te wijd', currency: 'USD' })).toBe('no');
  expect(verdict({ resolution: 'bel mij', address: address({ country: 'US' }) })).toBe('no');
});

test.each(['EUR', 'eur', undefined])('currency %j is accepted', (currency) => {
  expect(verdict({ currency })).toBe('yes');
});

test('the policy determines the countries', () => {
  expect(verdict({ address: address({ country: 'ES' }) }, policy({ countries: ['ES'] }))).toBe('yes');
  expect(verdict({ address: address({ country: 'NL' }) }, policy({ countries: ['ES'] }))).toBe('no');
});

test('an unknown country excludes nothing', () => {
  expect(verdict({ address: undefined })).toBe('yes');
});

test('the reason never repeats a text of the customer', () => {
  const answer = isForwardable(article({ condition: 'kapot', reason: 'private words' }), policy());

  expect(JSON.stringify(answer)).not.toContain('private words');
});

test('the reason, which is logged, repeats a country or currency only if it is a code', () => {
  const odd = 'JAN@EXAMPLE.COM';
  for (const change of [{ currency: odd }, { address: address({ country: odd }) }]) {
    const answer = isForwardable(article(change), policy());
    expect(answer.verdict).toBe('no');
    expect(JSON.stringify(answer)).not.toContain(odd);
  }
});
